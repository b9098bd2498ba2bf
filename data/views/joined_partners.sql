-- Organisations that joined the network. Leaving it does not undo having joined.
SELECT
    _id,
    partner_id,
    name AS partner,
    kind AS partner_kind,
    sector,
    network,
    joined_on,
    left_on
FROM partners
