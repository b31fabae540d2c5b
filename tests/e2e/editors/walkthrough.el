;; Chooses an app and pulls, as docs/editors.md says for eglot, and prints the results as JSON.  -*- lexical-binding: t -*-
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

(defvar asked nil)
(defvar said nil)

(defun answer (prompt offered &rest _)
  (push prompt asked)
  (let ((titles (mapcar (lambda (each) (if (consp each) (car each) each)) offered)))
    (cl-find-if (lambda (title)
                  (member title '("shop-demo (git remote heroku)" "Pull MAIL_PASSWORD from Heroku app shop-demo into .env")))
                titles)))

(defun say-something ()
  "Request a hover, as Eldoc does whenever the cursor moves.
In Emacs 28, jsonrpc handles a message that arrives together with an answer only after one more message."
  (jsonrpc-request (eglot--current-server-or-lose) :textDocument/hover (eglot--TextDocumentPositionParams)))

(defun wait-for-words (words)
  (wait-for words (lambda () (cl-some (lambda (each) (string-match-p (regexp-quote words) each)) said))))

(drive
 (cl-letf (((symbol-function 'completing-read) #'answer)
           ((symbol-function 'eglot--message) (lambda (format &rest args) (push (apply #'format format args) said))))
   (find-file (expand-file-name "app.py" ws))
   (run-hooks 'post-command-hook) ; eglot-ensure waits for the command loop, which a batch has not
   (wait-for "a server" #'eglot-managed-p)
   (wait-for "findings" (lambda () (flymake-start) (flymake-diagnostics)))
   (configvars "chooseApp")
   (wait-for-words "Refreshed the config vars of shop-demo")
   (point-after "MAIL_PASS")
   (eglot-code-actions (point) nil nil t)
   (wait-for-words "Pulled MAIL_PASSWORD from shop-demo into .env")
   (wait-for "the finding to go" (lambda () (say-something) (flymake-start) (null (flymake-diagnostics))))
   (configvars "explain" "MAIL_PASSWORD")
   (wait-for-words "set by .env:2")
   (configvars "rule" "missing-variable")
   (wait-for-words "missing-variable"))
 (push (cons 'asked (vconcat (nreverse asked))) seen)
 (push (cons 'said (vconcat (nreverse said))) seen))
