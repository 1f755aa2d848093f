"""Papers of the portal: empty forms, the filled e-form, the receipt, the result, and digital signatures on them."""
