-- The trained model that a series began from; empty when it began with nothing known.
alter table series add column model text not null default '';
