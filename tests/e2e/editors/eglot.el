;; Uses Emacs with eglot as a user does, and prints the results as one JSON object.  -*- lexical-binding: t -*-
;; The configuration under test is loaded before this.  WS names the workspace.
(require 'eglot)
(require 'flymake)
(require 'json)
(load (expand-file-name "emacs.el" (file-name-directory load-file-name)))

(setq eglot-sync-connect most-patience
      eglot-connect-timeout most-patience
      jsonrpc-default-request-timeout most-patience
      eglot-confirm-server-initiated-edits nil
      last-nonmenu-event ?x) ; asked by the keyboard, not by a menu of the mouse

(defun findings ()
  (flymake-start)
  (sort (mapcar (lambda (found)
                  (let ((data (alist-get 'eglot-lsp-diag (eglot--diag-data found))))
                    (place-of (flymake-diagnostic-beg found) (plist-get data :code))))
                (flymake-diagnostics))
        #'string<))

(defun hover ()
  (plist-get (plist-get (jsonrpc-request (eglot--current-server-or-lose) :textDocument/hover
                                         (eglot--TextDocumentPositionParams))
                        :contents)
             :value))

(defun open (name)
  (find-file (expand-file-name name ws))
  (run-hooks 'post-command-hook) ; eglot-ensure waits for the command loop, which a batch has not
  (wait-for "a server" #'eglot-managed-p))

(defun code-action (title)
  (cl-letf (((symbol-function 'completing-read) (lambda (_prompt offered &rest _)
                                                  (push (cons 'actions (vconcat (mapcar #'car offered))) seen)
                                                  (starting-with title (mapcar #'car offered)))))
    (eglot-code-actions (point) nil nil t)))

(drive
 (open ".env")
 (push (cons 'env (vconcat (wait-for "findings in .env" #'findings))) seen)
 (open "app.py")
 (push (cons 'code (vconcat (wait-for "findings in app.py" #'findings))) seen)
 (point-after "environ[\"SECRET")
 (push (cons 'hover (hover)) seen)
 (push (cons 'completion (vconcat (all-completions "" (nth 2 (eglot-completion-at-point))))) seen)
 (point-after "environ[\"MAIL")
 (code-action "Add MAIL_SERVER to .env")
 (save-some-buffers t)
 (wait-for "the finding to go" (lambda () (null (findings)))))
