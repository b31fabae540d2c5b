-- Uses Neovim 0.7 to 0.11 as a user does, and prints the results as one JSON object.
-- The configuration under test is loaded before this. WS names the workspace.
local ws = os.getenv("WS")
local seen = {}

local function wait(what, condition)
  if not vim.wait(200000, condition, 20) then error("waited in vain: " .. what) end
end

-- 1-based line, column in code points, check
local function findings(buffer)
  local said = {}
  for _, found in ipairs(vim.diagnostic.get(buffer)) do
    local line = vim.api.nvim_buf_get_lines(buffer, found.lnum, found.lnum + 1, true)[1]
    local column = vim.str_utfindex(line, found.col)
    table.insert(said, string.format("%d:%d %s", found.lnum + 1, column + 1, found.code))
  end
  table.sort(said)
  return said
end

local function open(name)
  vim.cmd("edit " .. vim.fn.fnameescape(ws .. "/" .. name))
  local buffer = vim.api.nvim_get_current_buf()
  local get = vim.lsp.get_clients or vim.lsp.buf_get_clients
  wait("a server for " .. name, function()
    return vim.tbl_count(get(vim.lsp.get_clients and { bufnr = buffer } or buffer)) > 0
  end)
  return buffer
end

local function cursor_after(text)
  vim.fn.cursor(1, 1)
  assert(vim.fn.search("\\V" .. text, "ce") > 0, "no " .. text)
  vim.cmd("normal! l")
end

local function ask(method)
  local buffer = vim.api.nvim_get_current_buf()
  local get = vim.lsp.get_clients or function() return vim.tbl_values(vim.lsp.buf_get_clients(buffer)) end
  local encoding = get({ bufnr = buffer })[1].offset_encoding
  local params = vim.lsp.util.make_position_params(0, encoding)
  for _, answer in pairs(vim.lsp.buf_request_sync(buffer, method, params, 20000) or {}) do
    if answer.error then error(vim.inspect(answer.error)) end
    if answer.result then return answer.result end
  end
end

-- Replaces the editor's menu: chooses the entry that starts with this text.
local function code_action(title)
  local offered
  vim.ui.select = function(items, options, choose)
    offered = vim.tbl_map(options.format_item, items)
    for index, name in ipairs(offered) do
      if vim.startswith(name, title) then return choose(items[index], index) end
    end
    choose(nil)
  end
  vim.lsp.buf.code_action()
  wait("code actions", function() return offered ~= nil end)
  seen.actions = offered
end

local function run()
  local env = open(".env")
  wait("findings in .env", function() return #findings(env) > 0 end)
  seen.env = findings(env)
  local code = open("app.py")
  wait("findings in app.py", function() return #findings(code) > 0 end)
  seen.code = findings(code)
  cursor_after('environ["SECRET')
  seen.hover = ask("textDocument/hover").contents.value
  local completion = ask("textDocument/completion")
  seen.completion = vim.tbl_map(function(item) return item.label end, completion.items or completion)
  cursor_after('environ["MAIL')
  code_action("Add MAIL_SERVER to .env")
  wait("the finding to go", function() return #findings(code) == 0 end)
  vim.cmd("wall")
end

local ok, problem = xpcall(run, debug.traceback)
seen.problem = not ok and problem or nil
io.stdout:write(vim.fn.json_encode(seen) .. "\n")
vim.cmd("qall!")
