-- Which capability raised an alert: matching | certifications | transactions | neutrality | funding. Until now the rule
-- said it. An incident that mixed both, which grouping by service allowed, stays one of transactions.
alter table alert add column capability text not null default 'transactions';
alter table incident add column capability text not null default 'transactions';

update alert set capability = 'neutrality' where rule = 'neutrality';
update incident set capability = 'neutrality'
where id in (select incident_id from alert where rule = 'neutrality')
  and id not in (select incident_id from alert where rule <> 'neutrality');
