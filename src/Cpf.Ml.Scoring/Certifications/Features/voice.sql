-- Family: voice. f40 complaints for each dossier of the last 90 days; f44 reviews whose text three dossiers or more
-- have.
WITH complained AS (
    SELECT d.certification_id, count(*) AS n FROM complaints c JOIN dossiers d USING (purchase_id)
    WHERE c.received_on < getvariable('cutoff')
      AND c.received_on >= getvariable('cutoff') - to_days(getvariable('days')) GROUP BY ALL
),
written AS (
    SELECT d.certification_id, v.text_hash FROM reviews v JOIN dossiers d USING (purchase_id)
    WHERE v.written_at < getvariable('cutoff') AND v.written_at >= getvariable('cutoff') - INTERVAL 180 DAY
),
twins AS (SELECT text_hash FROM written WHERE text_hash IS NOT NULL GROUP BY ALL HAVING count(*) >= 3)
SELECT r.certification_id, least(1, coalesce(any_value(c.n), 0) / count(*)) AS f40, count(*) AS n40,
       any_value(w.share) AS f44, any_value(w.n) AS n44
FROM recent r LEFT JOIN complained c USING (certification_id)
LEFT JOIN (
    SELECT certification_id, avg((text_hash IN (SELECT text_hash FROM twins))::INT) AS share, count(*) AS n FROM written
    GROUP BY certification_id
) w USING (certification_id)
GROUP BY r.certification_id
