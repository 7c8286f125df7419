-- Family: duration. f03 hours that are sold, in shares of what the standard asks for at least;
-- f04 how hours have moved in a year beyond prices, in logarithms: below 0, fewer hours for the same price.
WITH before AS (
    SELECT certification_id, avg(hours) AS hours, avg(price) AS price, count(*) AS n FROM dossiers
    WHERE day >= getvariable('cutoff') - INTERVAL 455 DAY AND day < getvariable('cutoff') - INTERVAL 365 DAY GROUP BY ALL
)
SELECT r.certification_id,
       avg(r.hours) / nullif(any_value(c.minimum_hours), 0) AS f03, count(r.hours) AS n03,
       CASE WHEN any_value(b.n) >= 10 THEN (ln(avg(r.hours)) - ln(any_value(b.hours))) - (ln(avg(r.price)) - ln(any_value(b.price))) END AS f04,
       least(count(*), any_value(b.n)) AS n04
FROM recent r JOIN on_register c USING (certification_id) LEFT JOIN before b USING (certification_id)
GROUP BY r.certification_id
