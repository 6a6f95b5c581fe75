from __main__ import DataModel
