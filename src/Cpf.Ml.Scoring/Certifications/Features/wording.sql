-- Family: wording, each offer as often as it was ordered. f43 dossiers whose offer has a word that the rules forbid. f42, how far offers are from the official standard, is computed from wording-texts.sql.
SELECT r.certification_id,
       avg(regexp_matches(lower(strip_accents(concat_ws(' ', o.title, o.programme))), getvariable('forbidden'))::INT) AS f43, count(*) AS n43
FROM recent r JOIN offers o USING (offer_id)
GROUP BY r.certification_id
