-- REC-TRUTH: a dose that was given is recordable even where nobody knows the site any more. A dose still to be given needs one as before.
ALTER TABLE injection DROP CONSTRAINT injection_im_has_site,
  ADD CONSTRAINT injection_im_has_site CHECK (status = 'not-given' OR route <> 'IM' OR site IS NOT NULL OR against_stop);
