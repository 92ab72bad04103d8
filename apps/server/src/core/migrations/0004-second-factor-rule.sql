-- Whether people get into the organisation only with a second factor or by a passkey. API tokens are not people.
alter table organisations add column second_factor_required boolean not null default false;
