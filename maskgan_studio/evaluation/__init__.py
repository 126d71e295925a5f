"""The experiments of the paper's section 5 as commands: protocols, metrics, survey and report.

``protocols`` makes lists of pairs, ``methods`` gives every method's image of a pair, ``scoring`` measures them,
``report`` writes the metrics down.
"""
