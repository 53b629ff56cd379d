-- The two orders that lists of deals are asked for most: the largest first, those to be closed next first.
create index deals_largest on deals (amount desc nulls last, id) where not void and archived_at is null;
create index deals_closing on deals (expected_close, id) where not void and archived_at is null;
