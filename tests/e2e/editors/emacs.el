;; Functions that the scripts for eglot and lsp-mode share.  -*- lexical-binding: t -*-
(require 'cl-lib)

(setq make-backup-files nil create-lockfiles nil vc-handled-backends nil)

(defvar ws (file-name-as-directory (getenv "WS")))
(defvar seen nil)
(defconst most-patience 200 "Seconds after which a condition is given up: only a hang takes that long.")

(add-hook 'project-find-functions (lambda (_) (cons 'transient ws)))

(defun wait-for (what condition)
  "Wait until CONDITION returns non-nil, and return its result."
  (let ((end (+ (float-time) most-patience)) answer)
    (while (and (not (setq answer (funcall condition))) (< (float-time) end))
      (accept-process-output nil 0.02))
    (or answer (error "Waited in vain: %s" what))))

(defun place-of (position code)
  "Return POSITION as 1-based line and column, in characters."
  (save-excursion
    (goto-char position)
    (format "%d:%d %s" (line-number-at-pos) (1+ (- (point) (line-beginning-position))) code)))

(defun point-after (text)
  (goto-char (point-min))
  (search-forward text))

(defun starting-with (prefix texts)
  (or (cl-find-if (lambda (text) (string-prefix-p prefix text)) texts)
      (error "No %s in %S" prefix texts)))

(defmacro drive (&rest steps)
  "Run STEPS, then print all results, including an error if one occurred."
  `(progn
     (condition-case problem
         (progn ,@steps)
       (error (push (cons 'problem (format "%S" problem)) seen)))
     (princ (concat (json-encode (nreverse seen)) "\n"))
     (kill-emacs 0)))
