-- Family: price. f01 mean price; f02 price of an hour; f05 excess of prices that meet the balance; f06 price follows
-- the balance within an offer; f07 spread of prices of one offer; f08 mass just below a legal cap; f09 share of the
-- most frequent price; f49 at the week of a year when the price of an hour has changed most, how much it rose, in
-- logarithms: 0 where that is more than 26 weeks ago, or no change stands out of the differences between weeks (least
-- squares with one break; beyond 12.2 it is no chance at 1 %, Andrews 2003, one parameter). n: dossiers behind it.
WITH balances AS ( -- how often balances of people who buy in the same month and price band lie in a range of 50 EUR
    SELECT date_trunc('month', day) AS month, floor(price / 250) AS band, floor(balance / 50) AS place, count(*) AS n,
           sum(count(*)) OVER (PARTITION BY date_trunc('month', day), floor(price / 250)) AS all_n
    FROM recent WHERE balance IS NOT NULL GROUP BY date_trunc('month', day), floor(price / 250), floor(balance / 50)
),
met AS (
    -- expected: were balances dealt anew among the dossiers of the month and band, this share would lie within 5 EUR
    SELECT r.certification_id, (abs(r.price - r.balance) <= 5)::INT - coalesce(b.n / b.all_n * 10 / 50, 0) AS excess
    FROM recent r
    LEFT JOIN balances b ON b.month = date_trunc('month', r.day) AND b.band = floor(r.price / 250)
        AND b.place = floor(r.price / 50)
    WHERE r.balance IS NOT NULL
),
ranks AS (
    SELECT certification_id, offer_id,
           rank() OVER (PARTITION BY offer_id ORDER BY price)
               + (count(*) OVER (PARTITION BY offer_id, price) - 1) / 2.0
               - (count(*) OVER (PARTITION BY offer_id) + 1) / 2.0 AS of_price,
           rank() OVER (PARTITION BY offer_id ORDER BY balance)
               + (count(*) OVER (PARTITION BY offer_id, balance) - 1) / 2.0
               - (count(*) OVER (PARTITION BY offer_id) + 1) / 2.0 AS of_balance
    FROM recent WHERE balance IS NOT NULL
),
follows AS ( -- ranks are centred in their offer: the sum over offers is a correlation within offers
    SELECT certification_id,
           sum(of_price * of_balance) / nullif(sqrt(sum(of_price * of_price) * sum(of_balance * of_balance)), 0) AS rho,
           count(*) AS n
    FROM ranks GROUP BY certification_id
),
spread AS (
    SELECT certification_id, sum(n * deviation / mean) / sum(n) AS cv, sum(n) AS n
    FROM (
        SELECT certification_id, offer_id, count(*) AS n, avg(price) AS mean, stddev_pop(price) AS deviation FROM recent
        GROUP BY ALL HAVING count(*) >= 5 AND avg(price) > 0
    )
    GROUP BY certification_id
),
modes AS (
    SELECT certification_id, max(n) / sum(n) AS share
    FROM (SELECT certification_id, price, count(*) AS n FROM recent GROUP BY ALL) GROUP BY certification_id
),
weeks AS ( -- of a year
    SELECT certification_id, date_diff('day', day, getvariable('cutoff')) // 7 AS week, count(*) AS n,
           sum(ln(price / hours)) AS s
    FROM dossiers WHERE price > 0 AND hours > 0 AND day >= getvariable('cutoff') - INTERVAL 364 DAY GROUP BY ALL
),
splits AS ( -- s and n of the weeks since, and of all
    SELECT certification_id, week, sum(n) OVER since AS late_n, sum(s) OVER since AS late_s, sum(n) OVER whole AS all_n,
           sum(s) OVER whole AS all_s,
           sum(s * s / n) OVER whole - pow(sum(s) OVER whole, 2) / sum(n) OVER whole AS spread,
           count(*) OVER whole AS all_weeks
    FROM weeks
    WINDOW since AS (PARTITION BY certification_id ORDER BY week ROWS UNBOUNDED PRECEDING),
        whole AS (PARTITION BY certification_id)
),
breaks AS (
    SELECT certification_id, week, late_n, spread, all_weeks,
           late_s / late_n - (all_s - late_s) / (all_n - late_n) AS rise,
           pow(rise, 2) * late_n * (all_n - late_n) / all_n AS gain
    FROM splits WHERE late_n >= 20 AND all_n - late_n >= 50 AND all_weeks >= 26
),
broken AS (
    SELECT certification_id,
           arg_max(CASE WHEN week < 26 AND rise > 0 AND gain > 12.2 * (spread - gain) / (all_weeks - 2) THEN rise
               ELSE 0 END, gain) AS rise,
           arg_max(late_n, gain) AS n
    FROM breaks GROUP BY certification_id
)
SELECT r.certification_id, count(*) AS n,
       avg(r.price) AS f01, count(*) AS n01,
       sum(r.price) FILTER (r.hours > 0) / sum(r.hours) AS f02, count(r.hours) AS n02,
       any_value(m.excess) AS f05, any_value(m.n) AS n05,
       coalesce(any_value(f.rho), 0) AS f06, any_value(f.n) AS n06,
       any_value(s.cv) AS f07, any_value(s.n) AS n07,
       avg((r.price BETWEEN 4750 AND 5000 OR r.price BETWEEN 7600 AND 8000
           OR (c.register = 'RS' AND r.price BETWEEN 1425 AND 1500))::INT) AS f08, count(*) AS n08,
       any_value(o.share) AS f09, count(DISTINCT r.offer_id) AS n09,
       any_value(w.rise) AS f49, any_value(w.n) AS n49
FROM recent r JOIN on_register c USING (certification_id)
LEFT JOIN (
    SELECT certification_id, avg(excess) AS excess, count(*) AS n FROM met GROUP BY ALL
) m USING (certification_id)
LEFT JOIN follows f USING (certification_id) LEFT JOIN spread s USING (certification_id)
LEFT JOIN modes o USING (certification_id) LEFT JOIN broken w USING (certification_id)
GROUP BY r.certification_id
