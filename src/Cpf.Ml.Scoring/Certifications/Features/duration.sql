-- Family: duration. f03 hours that are sold, in shares of what the standard asks for at least; f04 how hours have moved
-- in a year beyond prices, in logarithms: below 0, fewer hours for the same price; f46 dossiers of less than half the
-- hours that the standard asks for, or that were usual before where it asks for none.
WITH before AS (
    SELECT certification_id, avg(hours) AS hours, avg(price) AS price, count(*) AS n FROM dossiers
    WHERE day >= getvariable('cutoff') - INTERVAL 455 DAY AND day < getvariable('cutoff') - INTERVAL 365 DAY
    GROUP BY ALL
),
usual AS (
    SELECT c.certification_id, coalesce(nullif(c.minimum_hours, 0), median(d.hours)) AS hours
    FROM on_register c JOIN dossiers d USING (certification_id)
    WHERE d.day < getvariable('cutoff') - to_days(getvariable('days')) GROUP BY c.certification_id, c.minimum_hours
)
SELECT r.certification_id,
       avg(r.hours) / nullif(any_value(c.minimum_hours), 0) AS f03, count(r.hours) AS n03,
       CASE WHEN any_value(b.n) >= 10
           THEN (ln(avg(r.hours)) - ln(any_value(b.hours))) - (ln(avg(r.price)) - ln(any_value(b.price))) END AS f04,
       least(count(*), any_value(b.n)) AS n04,
       avg((r.hours < 0.5 * u.hours)::INT) AS f46, count(r.hours) FILTER (u.hours IS NOT NULL) AS n46
FROM recent r JOIN on_register c USING (certification_id) LEFT JOIN before b USING (certification_id)
LEFT JOIN usual u USING (certification_id)
GROUP BY r.certification_id
