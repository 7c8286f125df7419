-- Family: learners. f26 dossiers whose telephone or machine two other accounts or more use; f27 accounts created or
-- whose identity changed within seven days before; f28 ordered from a machine that an organisation uses; f31 remote
-- dossiers; f32 training that begins as early as the law allows, eleven working days after the order. Nothing of who a
-- learner is, nor where one lives.
WITH entered AS (
    SELECT certification_id, avg((entered_on <= day + INTERVAL 15 DAY)::INT) AS share, count(*) AS n FROM dossiers
    WHERE entered_on IS NOT NULL AND day >= getvariable('cutoff') - INTERVAL 120 DAY
      AND day < getvariable('cutoff') - INTERVAL 30 DAY GROUP BY ALL
)
SELECT r.certification_id,
       avg((c.contact_hash IS NOT NULL OR m.device_hash IS NOT NULL)::INT) AS f26, count(*) AS n26,
       avg((r.account_created_on >= r.day - INTERVAL 7 DAY)::INT) AS f27, count(r.account_created_on) AS n27,
       avg((o.device_hash IS NOT NULL)::INT) AS f28, count(*) AS n28,
       avg((r.modality = 'remote')::INT) AS f31, count(DISTINCT coalesce(r.siren, r.offer_id::VARCHAR)) AS n31,
       any_value(e.share) AS f32, any_value(e.n) AS n32
FROM recent r LEFT JOIN shared_contacts c USING (contact_hash) LEFT JOIN shared_machines m USING (device_hash)
LEFT JOIN own_machines o USING (device_hash)
LEFT JOIN entered e USING (certification_id)
GROUP BY r.certification_id
