-- Family: price, over time. f49: at the week of a year when the price of an hour has changed most, how much it rose, in logarithms; 0 where that is more than 26 weeks ago or no change stands out of
-- the differences between weeks (least squares with one break; beyond 12.2 it is no chance at 1 %, Andrews 2003, one parameter). n: dossiers since.
WITH weeks AS (
    SELECT certification_id, date_diff('day', day, getvariable('cutoff')) // 7 AS week, count(*) AS n, sum(ln(price / hours)) AS s
    FROM dossiers WHERE price > 0 AND hours > 0 AND day >= getvariable('cutoff') - INTERVAL 364 DAY GROUP BY ALL
),
splits AS ( -- s and n of the weeks since, and of all
    SELECT certification_id, week, sum(n) OVER since AS late_n, sum(s) OVER since AS late_s, sum(n) OVER whole AS all_n, sum(s) OVER whole AS all_s,
           sum(s * s / n) OVER whole - pow(sum(s) OVER whole, 2) / sum(n) OVER whole AS spread, count(*) OVER whole AS all_weeks
    FROM weeks WINDOW since AS (PARTITION BY certification_id ORDER BY week ROWS UNBOUNDED PRECEDING), whole AS (PARTITION BY certification_id)
),
breaks AS (
    SELECT certification_id, week, late_n, spread, all_weeks, late_s / late_n - (all_s - late_s) / (all_n - late_n) AS rise, pow(rise, 2) * late_n * (all_n - late_n) / all_n AS gain
    FROM splits WHERE late_n >= 20 AND all_n - late_n >= 50 AND all_weeks >= 26
)
SELECT certification_id, arg_max(CASE WHEN week < 26 AND gain > 12.2 * (spread - gain) / (all_weeks - 2) AND rise > 0 THEN rise ELSE 0 END, gain) AS f49, arg_max(late_n, gain) AS n49
FROM breaks GROUP BY certification_id
