-- Two contacts that turned out to be one person: the one keeps the other's name from then on. It has no addresses and no interactions any more; both
-- went over to the other, who is the root: what is merged into a contact that is merged itself points to the last one.
alter table contact add column merged_into text references contact;
create index contact_merged_into on contact (merged_into) where merged_into is not null;

-- The interaction that this one ended in, when both were open and their contacts turned out to be one person. It is read as the part before that.
alter table interaction add column merged_into text references interaction;
create index interaction_merged_into on interaction (merged_into) where merged_into is not null;
