-- Which transitions were undone: few among millions. The unique index on undoes holds a null for every other one, too large to hash for a report.
create index transitions_undone on transitions (undoes) where undoes is not null;
