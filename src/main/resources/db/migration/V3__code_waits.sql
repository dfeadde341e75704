-- The wait between codes is that of the address, whatever request they were for.
create index verification_code_target on verification_code (target_hash, issued_at);
