-- Family: volume. f11 dossiers of six months for each of the six before, of what was on sale then; f12 days from the
-- first day of the registration to the 100th dossier, of the last year's ones; f13 how unevenly dossiers come over
-- hours (pairs of dossiers in one hour, for each that would be there were all hours alike); f14 share of the year's
-- dossiers in the last quarter before the registration ends; f41 dossiers given up. f10 is a test on the quarters of
-- volume-quarters.sql.
WITH halves AS (
    SELECT certification_id, count(*) FILTER (day >= getvariable('cutoff') - INTERVAL 182 DAY) AS late,
           count(*) FILTER (day < getvariable('cutoff') - INTERVAL 182 DAY) AS early
    FROM dossiers WHERE day >= getvariable('cutoff') - INTERVAL 364 DAY GROUP BY ALL
),
hundredth AS (
    SELECT certification_id, ordered_at FROM dossiers JOIN on_register c USING (certification_id)
    WHERE c.registered_on >= getvariable('cutoff') - INTERVAL 365 DAY
    QUALIFY row_number() OVER (PARTITION BY certification_id ORDER BY ordered_at) = 100
),
hours AS (
    SELECT certification_id, sum(n * n) AS squares, sum(n) AS n
    FROM (SELECT certification_id, date_trunc('hour', ordered_at) AS hour, count(*) AS n FROM recent GROUP BY ALL)
    GROUP BY ALL
),
given_up AS ( -- ordered long enough ago that the training should have begun
    SELECT certification_id, avg(coalesce(is_cancelled, false)::INT) AS share, count(*) AS n FROM dossiers
    WHERE day >= getvariable('cutoff') - INTERVAL 120 DAY AND day < getvariable('cutoff') - INTERVAL 30 DAY GROUP BY ALL
)
SELECT c.certification_id,
       CASE WHEN c.registered_on < getvariable('cutoff') - INTERVAL 425 DAY
           THEN (h.late + 5.0) / (h.early + 5.0) END AS f11, h.late AS n11,
       date_diff('day', c.registered_on, x.ordered_at::DATE) AS f12, 100 AS n12,
       (u.squares - u.n) * getvariable('days') * 24 / (u.n * u.n) AS f13, u.n AS n13,
       CASE WHEN c.expires_on < getvariable('cutoff') + INTERVAL 90 DAY
           THEN u.n / nullif(h.late + h.early, 0) END AS f14, h.late + h.early AS n14,
       g.share AS f41, g.n AS n41
FROM on_register c LEFT JOIN halves h USING (certification_id) LEFT JOIN hundredth x USING (certification_id)
LEFT JOIN hours u USING (certification_id) LEFT JOIN given_up g USING (certification_id)
