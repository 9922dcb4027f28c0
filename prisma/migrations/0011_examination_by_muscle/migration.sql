-- Strength by muscle and side, sensation by region, side and kind of touch. What was graded by movement becomes the muscle that does it, on
-- the side of the injection; a grade whose muscle or side nobody can tell any more is kept in words.
ALTER TABLE examination
  ADD COLUMN strength jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(strength) = 'array'),
  ADD COLUMN sensation jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(sensation) = 'array');

WITH muscle (movement, name) AS (VALUES
  ('foot-dorsiflexion', 'tibialis-anterior'), ('foot-plantarflexion', 'gastrocnemius'), ('wrist-extension', 'extensor-carpi-radialis'),
  ('finger-extension', 'extensor-digitorum'), ('shoulder-abduction', 'deltoid'), ('knee-extension', 'quadriceps')),
graded AS (
  SELECT x.clinic_id, x.id, g.key AS movement, g.value AS grade, m.name, substring(e.site FROM '-(left|right)$') AS side
    FROM examination x
    JOIN adverse_event e ON e.clinic_id = x.clinic_id AND e.id = x.event_id
    CROSS JOIN LATERAL jsonb_each(x.mrc) AS g
    LEFT JOIN muscle m ON m.movement = g.key
   WHERE jsonb_typeof(x.mrc) = 'object'),
converted AS (
  SELECT clinic_id, id,
         coalesce(jsonb_agg(jsonb_build_object('muscle', name, 'side', side, 'grade', grade)) FILTER (WHERE name IS NOT NULL AND side IS NOT NULL), '[]') AS strength,
         string_agg(format('%s: %s/5 (MRC)', movement, grade), '; ' ORDER BY movement) FILTER (WHERE name IS NULL OR side IS NULL) AS words
    FROM graded GROUP BY clinic_id, id)
UPDATE examination x SET strength = c.strength, note = CASE WHEN c.words IS NULL THEN x.note ELSE concat_ws(E'\n', x.note, c.words) END
  FROM converted c WHERE c.clinic_id = x.clinic_id AND c.id = x.id;

ALTER TABLE examination DROP COLUMN mrc;
