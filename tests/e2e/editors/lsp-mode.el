;; Uses Emacs with lsp-mode as a user does, and prints the results as one JSON object.  -*- lexical-binding: t -*-
;; The configuration under test is loaded before this.  WS names the workspace.
(require 'lsp-mode)
(require 'json)
(load (expand-file-name "emacs.el" (file-name-directory load-file-name)))

(setq lsp-auto-guess-root t
      lsp-response-timeout most-patience
      lsp-enable-file-watchers nil
      lsp-debounce-full-sync-notifications nil ; a batch is never idle
      lsp-warn-no-matched-clients nil
      lsp-session-file (expand-file-name "lsp-session" (getenv "HOME")))

(defun findings ()
  (let (said)
    (dolist (found (append (gethash (lsp--fix-path-casing (buffer-file-name)) (lsp-diagnostics t)) nil))
      (let ((start (lsp--position-to-point (lsp:range-start (lsp:diagnostic-range found)))))
        (push (place-of start (lsp:diagnostic-code? found)) said)))
    (sort said #'string<)))

(defun open (name)
  (find-file (expand-file-name name ws))
  (run-hooks 'buffer-list-update-hook)
  (lsp)
  (wait-for "a server" (lambda () (bound-and-true-p lsp-managed-mode))))

(drive
 (lsp-workspace-folders-add ws)
 (open ".env")
 (push (cons 'env (vconcat (wait-for "findings in .env" #'findings))) seen)
 (open "app.py")
 (push (cons 'code (vconcat (wait-for "findings in app.py" #'findings))) seen)
 (point-after "environ[\"SECRET")
 (push (cons 'hover (lsp:markup-content-value
                     (lsp:hover-contents (lsp-request "textDocument/hover" (lsp--text-document-position-params)))))
       seen)
 (push (cons 'completion (vconcat (all-completions "" (nth 2 (lsp-completion-at-point))))) seen)
 (point-after "environ[\"MAIL")
 (let* ((actions (append (lsp-code-actions-at-point) nil))
        (titles (mapcar #'lsp:code-action-title actions)))
   (push (cons 'actions (vconcat titles)) seen)
   (lsp-execute-code-action
    (nth (cl-position (starting-with "Add MAIL_SERVER to .env" titles) titles :test #'equal) actions)))
 (save-some-buffers t)
 (wait-for "the finding to go" (lambda () (null (findings)))))
