-- What was known at the end of the day before the cut-off, and nothing of what came later. Every family reads these and
-- those of window.sql, and no other table of dossiers. Two years: a quarter is compared with the same quarter a year
-- before.
CREATE OR REPLACE TEMP TABLE dossiers AS
SELECT p.purchase_id, o.certification_id, o.organisation_id, g.siren, p.offer_id, p.ordered_at,
       p.ordered_at::DATE AS day,
       coalesce(p.price, o.price)::DOUBLE AS price, o.modality, nullif(o.hours, 0) AS hours,
       CASE WHEN p.entered_on < getvariable('cutoff') THEN p.entered_on END AS entered_on,
       p.cancelled_on < getvariable('cutoff') AS is_cancelled
FROM purchases p JOIN offers o USING (offer_id) LEFT JOIN organisations g USING (organisation_id)
WHERE p.ordered_at < getvariable('cutoff') AND p.ordered_at >= getvariable('cutoff') - INTERVAL 730 DAY;

CREATE OR REPLACE TEMP TABLE examined AS
SELECT e.purchase_id, e.held_on, e.is_passed, e.known_on, d.certification_id,
       CASE WHEN e.transmitted_on < getvariable('cutoff') THEN e.transmitted_on END AS transmitted_on
FROM exams e JOIN dossiers d USING (purchase_id)
WHERE e.known_on < getvariable('cutoff') AND e.known_on >= getvariable('cutoff') - INTERVAL 240 DAY;

CREATE OR REPLACE TEMP TABLE on_register AS
SELECT * FROM certifications
WHERE registered_on < getvariable('cutoff') AND certification_id IN (SELECT certification_id FROM dossiers);

-- Machines that an organisation uses.
CREATE OR REPLACE TEMP TABLE own_machines AS
SELECT DISTINCT device_hash FROM organisations
WHERE device_hash IS NOT NULL AND coalesce(created_on < getvariable('cutoff'), true);

-- A quarter, the longest window: who bought is looked up for these dossiers only, since it is most of what there is to
-- read.
CREATE OR REPLACE TEMP TABLE bought AS
SELECT d.*, p.balance::DOUBLE AS balance, p.account_hash, p.account_created_on, p.contact_hash, p.device_hash
FROM dossiers d JOIN purchases p USING (purchase_id)
WHERE d.day >= getvariable('cutoff') - INTERVAL 90 DAY AND p.ordered_at >= getvariable('cutoff') - INTERVAL 90 DAY;

CREATE OR REPLACE TEMP TABLE declarations AS
SELECT s.*, d.certification_id, d.organisation_id, d.modality
FROM sessions s JOIN dossiers d USING (purchase_id)
WHERE s.declared_at < getvariable('cutoff') AND s.declared_at >= getvariable('cutoff') - INTERVAL 90 DAY;
