-- Each snapshot asks which failures its agent was told of in the last days.
create index event_notice on event ((body->'notice'->>'author'), seq) where body ? 'notice';
