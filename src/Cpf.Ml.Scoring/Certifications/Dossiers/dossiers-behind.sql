-- Dossiers behind a feature of the certifications in chosen: those that it counts, or for a mean those that move it
-- most. tells: the higher, the more it says. Everything is of the window that was measured last.
WITH r AS (SELECT * FROM recent WHERE certification_id IN (FROM chosen)),
d AS (SELECT * FROM declared WHERE certification_id IN (FROM chosen)),
e AS (SELECT * FROM examined WHERE certification_id IN (FROM chosen)),
known AS (SELECT * FROM e WHERE known_on >= getvariable('cutoff') - to_days(getvariable('days'))),
usual AS ( -- what is asked for, or else usual
    SELECT c.certification_id, coalesce(nullif(c.minimum_hours, 0), median(x.hours)) AS hours, median(x.price) AS price
    FROM on_register c JOIN dossiers x USING (certification_id)
    WHERE c.certification_id IN (FROM chosen) GROUP BY c.certification_id, c.minimum_hours
),
means AS (SELECT offer_id, avg(price) AS price FROM r GROUP BY ALL HAVING count(*) >= 5)
SELECT 'F01' AS feature, purchase_id, r.price / u.price AS tells FROM r JOIN usual u USING (certification_id)
WHERE r.price > u.price
UNION ALL
SELECT 'F02', purchase_id, r.price / r.hours FROM r JOIN usual u USING (certification_id)
WHERE r.price / r.hours > u.price / u.hours
UNION ALL
SELECT 'F03', purchase_id, 1 - r.hours / u.hours FROM r JOIN usual u USING (certification_id) WHERE r.hours < u.hours
UNION ALL
SELECT 'F04', purchase_id, 1 - r.hours / u.hours FROM r JOIN usual u USING (certification_id) WHERE r.hours < u.hours
UNION ALL
SELECT 'F46', purchase_id, 1 - r.hours / u.hours FROM r JOIN usual u USING (certification_id)
WHERE r.hours < 0.5 * u.hours
UNION ALL SELECT 'F05', purchase_id, 5 - abs(price - balance) FROM r WHERE abs(price - balance) <= 5
UNION ALL SELECT 'F06', purchase_id, 5 - abs(price - balance) FROM r WHERE abs(price - balance) <= 5
UNION ALL
SELECT 'F07', purchase_id, abs(r.price - m.price) / m.price FROM r JOIN means m USING (offer_id)
WHERE abs(r.price - m.price) > 0.05 * m.price
UNION ALL
SELECT 'F08', purchase_id, price FROM r
WHERE price BETWEEN 4750 AND 5000 OR price BETWEEN 7600 AND 8000
  OR (certification_id LIKE 'RS%' AND price BETWEEN 1425 AND 1500)
UNION ALL SELECT 'F09', purchase_id, 1 FROM r QUALIFY price = mode(price) OVER (PARTITION BY certification_id)
UNION ALL
SELECT 'F17', purchase_id, r.price FROM r JOIN organisations g USING (organisation_id)
WHERE g.created_on > r.day - INTERVAL 365 DAY OR g.activity_declared_on > r.day - INTERVAL 365 DAY
UNION ALL SELECT 'F21', purchase_id, r.price FROM r JOIN links l USING (organisation_id) WHERE l.is_linked
UNION ALL SELECT 'F20', purchase_id, r.price FROM r JOIN links l USING (organisation_id) WHERE l.companies > 1
UNION ALL SELECT 'F22', purchase_id, r.price FROM r WHERE purchase_id NOT IN (FROM rights)
UNION ALL
SELECT 'F47', purchase_id, r.price FROM r JOIN on_register c USING (certification_id) WHERE r.day > c.expires_on
UNION ALL
SELECT 'F48', purchase_id, r.price FROM r JOIN organisations g USING (organisation_id) WHERE g.qualiopi_until < r.day
UNION ALL
SELECT 'F26', purchase_id, 1 FROM r
WHERE contact_hash IN (FROM shared_contacts) OR device_hash IN (FROM shared_machines)
UNION ALL SELECT 'F27', purchase_id, 1 FROM r WHERE account_created_on >= day - INTERVAL 7 DAY
UNION ALL SELECT 'F28', purchase_id, 1 FROM r WHERE device_hash IN (FROM own_machines)
UNION ALL SELECT 'F31', purchase_id, 1 FROM r WHERE modality = 'remote'
UNION ALL SELECT 'F32', purchase_id, 1 FROM r WHERE entered_on <= day + INTERVAL 15 DAY
UNION ALL SELECT 'F41', purchase_id, 1 FROM r WHERE is_cancelled
UNION ALL
SELECT 'F43', purchase_id, 1 FROM r JOIN offers o USING (offer_id)
WHERE regexp_matches(lower(strip_accents(concat_ws(' ', o.title, o.programme))), getvariable('forbidden'))
UNION ALL SELECT 'F33', purchase_id, 1 - hours_logged / hours_billed FROM d WHERE hours_logged < 0.5 * hours_billed
UNION ALL SELECT 'F34', purchase_id, longest_day + odd_days FROM d WHERE longest_day > 10 OR odd_days >= 2
UNION ALL SELECT 'F35', purchase_id, 1 FROM d WHERE completion >= 1
UNION ALL
SELECT 'F36', purchase_id, 1 FROM d
JOIN batches b ON b.organisation_id = d.organisation_id AND b.minute = date_trunc('minute', d.declared_at)
UNION ALL SELECT 'F50', purchase_id, hours_billed FROM d WHERE completion >= 1 AND exam_on IS NULL
UNION ALL SELECT 'F37', purchase_id, 1 FROM known WHERE held_on IS NULL
UNION ALL SELECT 'F38', purchase_id, 1 FROM known WHERE is_passed
UNION ALL SELECT 'F45', purchase_id, 1 FROM known WHERE is_passed
UNION ALL
SELECT 'F39', purchase_id, 1 FROM e
WHERE known_on < getvariable('cutoff') - INTERVAL 92 DAY AND coalesce(transmitted_on > known_on + INTERVAL 92 DAY, true)
UNION ALL SELECT 'F40', c.purchase_id, 1 FROM complaints c JOIN dossiers x USING (purchase_id)
    WHERE x.certification_id IN (FROM chosen) AND c.received_on < getvariable('cutoff')
      AND c.received_on >= getvariable('cutoff') - to_days(getvariable('days'))
