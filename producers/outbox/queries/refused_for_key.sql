-- Bundles refused because their signing key no longer holds, signed by another key than ?.
SELECT cord, sequence, bundle, key_list
FROM bundles JOIN contents USING (cord, sequence)
WHERE state = 'refused' AND code IN ({list}) AND key_id <> ?
