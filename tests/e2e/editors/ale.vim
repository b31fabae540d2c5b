" Uses Vim with ALE as a user does, and writes the results as one JSON object to $SEEN.
" The configuration under test is sourced before this. $WS names the workspace.
let s:seen = {}
let g:ale_disable_lsp = 0
let g:ale_echo_cursor = 0
let g:ale_hover_to_preview = 1

function! s:Wait(what, Condition) abort
  let l:begin = reltime()
  while !a:Condition()
    if reltimefloat(reltime(l:begin)) > 200 | throw 'waited in vain: ' . a:what | endif
    sleep 20m
  endwhile
endfunction

" 1-based line, column as ALE counts (LSP's UTF-16 units, which it treats as bytes), check
function! s:Findings() abort
  let l:found = []
  for l:item in filter(copy(ale#engine#GetLoclist(bufnr(''))), 'v:val.linter_name ==# "configvars"')
    call add(l:found, l:item.lnum . ':' . l:item.col . ' ' . get(l:item, 'code', ''))
  endfor
  return sort(l:found)
endfunction

function! s:Open(name) abort
  execute 'edit' fnameescape($WS . '/' . a:name)
  ALELint
  call s:Wait('findings in ' . a:name, {-> !empty(s:Findings())})
  return s:Findings()
endfunction

function! s:After(text) abort
  call cursor(1, 1)
  if !search('\V' . a:text, 'ce') | throw 'no ' . a:text | endif
  normal! l
endfunction

function! s:Hover() abort
  ALEHover
  call s:Wait('hover', {-> !empty(filter(range(1, winnr('$')), 'getwinvar(v:val, "&previewwindow")'))})
  wincmd P
  let l:text = join(getline(1, '$'), "\n")
  wincmd p
  pclose
  return l:text
endfunction

function! s:Completion() abort
  runtime autoload/ale/util.vim
  " ALE completes only in insert mode, but a script is never in it.
  function! ale#util#Mode(...) abort
    return 'i'
  endfunction
  let l:names = []
  call ale#completion#GetCompletions('ale-callback', {'callback': {items -> extend(l:names, map(copy(items), 'v:val.word'))}})
  call s:Wait('completion', {-> !empty(l:names)})
  return l:names
endfunction

function! s:CodeAction(title) abort
  runtime autoload/ale/util.vim
  let g:configvars_title = a:title
  let g:configvars_menu = ''
  " ALE asks for a number; the user reads the menu and types it.
  function! ale#util#Input(message, value, ...) abort
    let g:configvars_menu = a:message
    for l:line in split(a:message, "\n")
      if stridx(l:line, g:configvars_title) >= 0 | return matchstr(l:line, '\d\+') | endif
    endfor
    return ''
  endfunction
  ALECodeAction
  call s:Wait('code actions', {-> !empty(g:configvars_menu)})
  let s:seen.actions = split(g:configvars_menu, "\n")
endfunction

function! s:Run() abort
  let s:seen.env = s:Open('.env')
  let s:seen.code = s:Open('app.py')
  call s:After('environ["SECRET')
  let s:seen.hover = s:Hover()
  call s:After('environ["SECRET')
  let s:seen.completion = s:Completion()
  call s:After('environ["MAIL')
  call s:CodeAction('Add MAIL_SERVER to .env')
  call s:Wait('the edit', {-> join(getbufline($WS . '/.env', 1, '$')) =~# 'MAIL_SERVER'})
  wall
endfunction

function! Drive(timer) abort
  try
    call s:Run()
  catch
    let s:seen.problem = v:exception . ' @ ' . v:throwpoint
  endtry
  call writefile([json_encode(s:seen)], $SEEN)
  qall!
endfunction

call timer_start(0, 'Drive')
