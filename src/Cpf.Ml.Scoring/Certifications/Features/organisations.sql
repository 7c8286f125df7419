-- Family: organisations. f15 Herfindahl index of sellers, beyond what so many equal ones would have; f16 share of the
-- first; f17 euros of companies or activity numbers under a year old; f18 euros of those who sell in five fields or
-- more; f23 new partners a month against the certification's own history; f25 dossiers where who certifies also trains.
-- What organisations are is counted by sellers, not by dossiers: all dossiers of one seller are one example.
WITH sellers AS (
    SELECT certification_id, siren, count(*) AS n, sum(price) AS euros FROM recent WHERE siren IS NOT NULL GROUP BY ALL
),
fields AS (
    SELECT o.organisation_id, count(DISTINCT c.nsf) AS fields FROM offers o
    JOIN certifications c USING (certification_id)
    WHERE o.opened_on < getvariable('cutoff')
      AND coalesce(o.closed_on, getvariable('cutoff')) >= getvariable('cutoff') - INTERVAL 90 DAY GROUP BY ALL
),
shares AS (
    SELECT certification_id, sum(n * n) / pow(sum(n), 2) - 1.0 / count(*) AS beyond, max(n) / sum(n) AS first,
           pow(sum(n), 2) / sum(n * n) AS sellers FROM sellers GROUP BY certification_id
),
partners AS (
    SELECT certification_id, count(*) FILTER (begins_on >= getvariable('cutoff') - INTERVAL 90 DAY) / 3.0 AS late,
           count(*) FILTER (
               begins_on < getvariable('cutoff') - INTERVAL 90 DAY
                   AND begins_on >= getvariable('cutoff') - INTERVAL 455 DAY
           ) / 12.0 AS early
    FROM habilitations WHERE begins_on < getvariable('cutoff') GROUP BY ALL
)
SELECT r.certification_id,
       any_value(s.beyond) AS f15, count(*) AS n15, any_value(s.first) AS f16, any_value(s.sellers) AS n16,
       sum(r.price * (coalesce(g.created_on, DATE '1900-01-01') > r.day - INTERVAL 365 DAY
           OR coalesce(g.activity_declared_on, DATE '1900-01-01') > r.day - INTERVAL 365 DAY)::INT)
           / nullif(sum(r.price) FILTER (g.created_on IS NOT NULL OR g.activity_declared_on IS NOT NULL), 0) AS f17,
       any_value(s.sellers) AS n17,
       sum(r.price * (f.fields >= 5)::INT) / nullif(sum(r.price), 0) AS f18, any_value(s.sellers) AS n18,
       (any_value(p.late) + 0.33) / (any_value(p.early) + 0.33) AS f23, greatest(1, 3 * any_value(p.late)) AS n23,
       avg((g.siren = left(c.certifier_id, 9))::INT) AS f25, any_value(s.sellers) AS n25
FROM recent r JOIN on_register c USING (certification_id) JOIN organisations g USING (organisation_id)
JOIN shares s USING (certification_id)
LEFT JOIN fields f USING (organisation_id) LEFT JOIN partners p USING (certification_id)
GROUP BY r.certification_id
