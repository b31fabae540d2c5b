-- Chooses an app and pulls, as docs/editors.md says for Neovim, and prints the results as one JSON object.
-- The configuration under test is loaded before this. WS names the workspace.
local ws = os.getenv("WS")
local seen = { asked = {}, said = {} }
local answers = { "shop-demo (git remote heroku)", "Pull MAIL_PASSWORD from Heroku app shop-demo into .env" }

local function wait(what, condition)
  if not vim.wait(200000, condition, 20) then error("waited in vain: " .. what) end
end

vim.ui.select = function(items, options, choose)
  table.insert(seen.asked, options.prompt)
  for index, item in ipairs(items) do
    local title = options.format_item and options.format_item(item) or item
    if vim.tbl_contains(answers, title) then return choose(item, index) end
  end
  choose(nil)
end

vim.notify = function(message) table.insert(seen.said, message) end

local function said(part)
  wait(part, function() return table.concat(seen.said, "\n"):find(part, 1, true) ~= nil end)
end

local function run()
  vim.cmd("edit " .. vim.fn.fnameescape(ws .. "/app.py"))
  wait("a server", function() return #vim.lsp.get_clients({ bufnr = 0 }) > 0 end)
  wait("findings", function() return #vim.diagnostic.get(0) > 0 end)
  vim.cmd("Configvars chooseApp")
  said("Refreshed the config vars of shop-demo")
  vim.fn.search("MAIL_PASSWORD")
  vim.lsp.buf.code_action()
  said("Pulled MAIL_PASSWORD from shop-demo into .env")
  wait("the finding to go", function() return #vim.diagnostic.get(0) == 0 end)
  vim.cmd("Configvars explain name=MAIL_PASSWORD")
  said("set by .env:2")
  vim.cmd("Configvars rule name=missing-variable")
  said("missing-variable")
  vim.cmd("Configvars refresh")
end

local ok, problem = xpcall(run, debug.traceback)
seen.problem = not ok and problem or nil
io.stdout:write(vim.fn.json_encode(seen) .. "\n")
vim.cmd("qall!")
