"""Exact and resampling inference for small samples of ordered scores, with ties and strata.

Nothing here is about clusters but `questions`, `answers` and `pictures`: the other modules take any sequence of ordered
values. `samples` reads values, `distributions` holds null distributions and their p-values, `exact` and `enumeration`
count them, `permutation` and `multiplicity` serve families of hypotheses, `effects` and `bootstrap` say how large an
association is, `scales` and `models` do what their names say, `power` asks what the design could have shown.
"""
