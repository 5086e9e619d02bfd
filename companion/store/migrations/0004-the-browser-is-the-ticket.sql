-- A leg is let in by who it is and from which browser it comes (docs/decisions/0004): nothing is handed out that could be lost.
alter table calls drop column ticket_hash;
