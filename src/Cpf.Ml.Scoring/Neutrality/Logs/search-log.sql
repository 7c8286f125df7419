-- What an audit compares, from the tables of a search log. Statements end with a line of two dashes.
-- Questions: searches of the same query and filters.
CREATE TEMP TABLE question AS
SELECT row_number() OVER (ORDER BY query, coalesce(filters, '')) - 1 AS question,
       query, coalesce(filters, '') AS filters, count(*) AS searches
FROM searches GROUP BY query, coalesce(filters, '');
--
CREATE TEMP TABLE asked AS
SELECT row_number() OVER (ORDER BY s.searched_at, s.search_id) - 1 AS search,
       s.search_id, q.question, s.searched_at, s.context, s.family, s.pair
FROM searches s JOIN question q ON q.query = s.query AND q.filters = coalesce(s.filters, '');
--
CREATE TEMP TABLE listed AS
SELECT row_number() OVER (ORDER BY offer_id) - 1 AS offer, offer_id, organisation_id FROM offers;
--
-- An offer that a search has twice counts once, where it stands highest.
CREATE TEMP TABLE once AS
SELECT a.search, a.question, i.search_id, i.offer_id,
       min(i.rank) AS rank, max(i.relevance) AS relevance, max(i.propensity) AS propensity,
       coalesce(bool_or(i.is_clicked), false) AS is_clicked, coalesce(bool_or(i.is_purchased), false) AS is_purchased,
       count(*) AS times
FROM judged i LEFT JOIN asked a USING (search_id)
GROUP BY a.search, a.question, i.search_id, i.offer_id;
--
-- A search whose ranks are not 1, 2, 3, … lacks some of what was shown, and exposure of the rest cannot be known.
CREATE TEMP TABLE sound AS
SELECT search, count(rank) AS shown,
       max(rank) IS DISTINCT FROM count(rank) AND count(rank) > 0 OR count(DISTINCT rank) < count(rank) AS is_broken,
       count(relevance) > 0 AND max(relevance) = 0 AS is_flat, count(rank) = 0 AS is_unranked
FROM once WHERE search IS NOT NULL GROUP BY search;
--
CREATE TEMP TABLE impression AS
SELECT o.search, o.question, l.offer, o.rank, o.relevance, o.propensity, o.is_clicked, o.is_purchased
FROM once o JOIN sound s ON s.search = o.search AND NOT s.is_broken AND NOT s.is_unranked AND NOT s.is_flat
JOIN listed l USING (offer_id) JOIN organisations g ON g.organisation_id = l.organisation_id;
--
-- Where an offer's relevance differs between searches of a question, each search is compared by itself.
CREATE TEMP TABLE varying AS
SELECT DISTINCT question FROM (
    SELECT question, offer FROM impression WHERE relevance IS NOT NULL
    GROUP BY question, offer HAVING max(relevance) > min(relevance));
--
-- What an offer got in all searches of a question in which it was as relevant: exposure 1 / log2(rank + 1), and 0 where
-- it was not shown.
CREATE TEMP TABLE unit AS
SELECT question,
       CASE WHEN question IN (SELECT question FROM varying) THEN search ELSE -1 END AS relevance_context,
       relevance, offer, count(*) AS opportunities,
       sum(CASE WHEN rank IS NULL THEN 0 ELSE 1 / log2(rank + 1) END) AS exposure,
       count(rank) AS shown, count(*) FILTER (WHERE is_clicked AND rank IS NOT NULL) AS clicks
FROM impression WHERE relevance IS NOT NULL
GROUP BY ALL;
--
CREATE TEMP TABLE counted AS
SELECT
    (SELECT count(*) FROM searches) AS searches,
    (SELECT count(*) FROM impressions) AS impressions,
    (SELECT coalesce(sum(times - 1), 0)::BIGINT FROM once WHERE search IS NOT NULL) AS repeated,
    (SELECT coalesce(sum(times), 0)::BIGINT FROM once WHERE search IS NULL) AS of_unknown_search,
    (SELECT count(*) FROM sound WHERE is_broken) AS broken,
    (SELECT count(*) FROM sound WHERE is_unranked)
        + (SELECT count(*) FROM asked ANTI JOIN sound USING (search)) AS empty,
    (SELECT count(*) FROM sound WHERE is_flat AND NOT is_broken AND NOT is_unranked) AS flat,
    (SELECT count(*) FROM once o ANTI JOIN listed l USING (offer_id)
        WHERE o.search IS NOT NULL) AS of_unknown_offer,
    (SELECT count(*) FROM once o JOIN listed l USING (offer_id)
        ANTI JOIN organisations g ON g.organisation_id = l.organisation_id
        WHERE o.search IS NOT NULL) AS of_unknown_organisation,
    (SELECT count(*) FROM impression WHERE relevance IS NULL) AS without_relevance,
    (SELECT count(*) FROM once
        WHERE search IS NOT NULL AND is_clicked AND rank IS NULL) AS clicked_unseen,
    (SELECT count(*) FROM impression) AS kept;
