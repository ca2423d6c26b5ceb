"""All of ours that a sandbox shows: the wire, the generators and the loop that serves calls.

Nothing here imports anything but the standard library and numpy, and nothing here knows an exercise, an
answer or a point. The trusted side imports `wire` and `generators` from here too, so that both ends of the
socket are one text.
"""
