-- Family: price. f01 mean price; f02 price of an hour; f05 excess of prices that meet the balance; f06 price follows the balance within an offer;
-- f07 spread of prices of one offer; f08 mass just below a legal cap; f09 share of the most frequent price. n: dossiers behind it.
WITH balances AS ( -- how often balances of people who buy in the same month and price band lie in a range of 50 EUR
    SELECT date_trunc('month', day) AS month, floor(price / 250) AS band, floor(balance / 50) AS place, count(*) AS n,
           sum(count(*)) OVER (PARTITION BY date_trunc('month', day), floor(price / 250)) AS all_n
    FROM recent WHERE balance IS NOT NULL GROUP BY date_trunc('month', day), floor(price / 250), floor(balance / 50)
),
met AS ( -- expected: were balances dealt anew among the dossiers of the month and band, this share would lie within 5 EUR
    SELECT r.certification_id, (abs(r.price - r.balance) <= 5)::INT - coalesce(b.n / b.all_n * 10 / 50, 0) AS excess
    FROM recent r LEFT JOIN balances b ON b.month = date_trunc('month', r.day) AND b.band = floor(r.price / 250) AND b.place = floor(r.price / 50)
    WHERE r.balance IS NOT NULL
),
ranks AS (
    SELECT certification_id, offer_id,
           rank() OVER (PARTITION BY offer_id ORDER BY price) + (count(*) OVER (PARTITION BY offer_id, price) - 1) / 2.0 - (count(*) OVER (PARTITION BY offer_id) + 1) / 2.0 AS of_price,
           rank() OVER (PARTITION BY offer_id ORDER BY balance) + (count(*) OVER (PARTITION BY offer_id, balance) - 1) / 2.0 - (count(*) OVER (PARTITION BY offer_id) + 1) / 2.0 AS of_balance
    FROM recent WHERE balance IS NOT NULL
),
follows AS ( -- ranks are centred in their offer: the sum over offers is a correlation within offers
    SELECT certification_id, sum(of_price * of_balance) / nullif(sqrt(sum(of_price * of_price) * sum(of_balance * of_balance)), 0) AS rho, count(*) AS n
    FROM ranks GROUP BY certification_id
),
spread AS (
    SELECT certification_id, sum(n * deviation / mean) / sum(n) AS cv, sum(n) AS n
    FROM (SELECT certification_id, offer_id, count(*) AS n, avg(price) AS mean, stddev_pop(price) AS deviation FROM recent GROUP BY ALL HAVING count(*) >= 5 AND avg(price) > 0)
    GROUP BY certification_id
),
modes AS (
    SELECT certification_id, max(n) / sum(n) AS share FROM (SELECT certification_id, price, count(*) AS n FROM recent GROUP BY ALL) GROUP BY certification_id
)
SELECT r.certification_id, count(*) AS n,
       avg(r.price) AS f01, count(*) AS n01,
       sum(r.price) FILTER (r.hours > 0) / sum(r.hours) AS f02, count(r.hours) AS n02,
       any_value(m.excess) AS f05, any_value(m.n) AS n05,
       coalesce(any_value(f.rho), 0) AS f06, any_value(f.n) AS n06,
       any_value(s.cv) AS f07, any_value(s.n) AS n07,
       avg((r.price BETWEEN 4750 AND 5000 OR r.price BETWEEN 7600 AND 8000 OR (c.register = 'RS' AND r.price BETWEEN 1425 AND 1500))::INT) AS f08, count(*) AS n08,
       any_value(o.share) AS f09, count(DISTINCT r.offer_id) AS n09
FROM recent r JOIN on_register c USING (certification_id)
LEFT JOIN (SELECT certification_id, avg(excess) AS excess, count(*) AS n FROM met GROUP BY ALL) m USING (certification_id)
LEFT JOIN follows f USING (certification_id) LEFT JOIN spread s USING (certification_id) LEFT JOIN modes o USING (certification_id)
GROUP BY r.certification_id
