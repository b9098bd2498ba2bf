-- The practices and the lever each one pulls.
SELECT
    _id,
    practice,
    name,
    lever,
    revolution,
    trialled_on,
    validated_on,
    deployed_on
FROM practices
