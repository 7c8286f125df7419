-- Texts of the offers that were ordered, with their certification's own words.
SELECT r.certification_id, concat_ws(' ', o.title, o.programme) AS offer, concat_ws(' ', c.title, c.standard) AS standard, count(*) AS n
FROM recent r JOIN offers o USING (offer_id) JOIN on_register c ON c.certification_id = r.certification_id
GROUP BY ALL ORDER BY ALL
