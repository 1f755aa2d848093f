"""The unhappy paths: each scenario is a plain function that makes one observation, once, for all checks that read it.

One module per scenario. It sets out with a traveller like a journey does, tries what a hurried, mistaken or unlucky
citizen does, and returns a record (`toantrinh.observations.scenario.Scenario`). It judges nothing.
"""
