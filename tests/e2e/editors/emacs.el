;; What the two drivers of Emacs share.  -*- lexical-binding: t -*-
(require 'cl-lib)

(setq make-backup-files nil create-lockfiles nil vc-handled-backends nil)

(defvar ws (file-name-as-directory (getenv "WS")))
(defvar seen nil)

(add-hook 'project-find-functions (lambda (_) (cons 'transient ws)))

(defun wait-for (what condition)
  "Wait until CONDITION holds and return what it says."
  (let ((end (+ (float-time) 30)) answer)
    (while (and (not (setq answer (funcall condition))) (< (float-time) end))
      (accept-process-output nil 0.02))
    (or answer (error "Waited in vain: %s" what))))

(defun place-of (position code)
  "Say where POSITION is: line and column 1-based, in characters."
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
  "Do STEPS, then print all that was seen, with what went wrong if anything did."
  `(progn
     (condition-case problem
         (progn ,@steps)
       (error (push (cons 'problem (format "%S" problem)) seen)))
     (princ (concat (json-encode (nreverse seen)) "\n"))
     (kill-emacs 0)))
