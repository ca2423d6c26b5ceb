"""What the specification says of a score and of a column, as JSON Schema, and no more than that."""

_MOMENT = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$"}
# What the specification says of a score, and of Canvas's addition to it.
SCORE = {
    "type": "object",
    "additionalProperties": False,
    "required": ["userId", "timestamp", "activityProgress", "gradingProgress", "scoreGiven", "scoreMaximum"],
    "properties": {
        "userId": {"type": "string", "minLength": 1, "maxLength": 255},
        "timestamp": _MOMENT,
        "scoreGiven": {"type": "number", "minimum": 0},
        "scoreMaximum": {"type": "number", "exclusiveMinimum": 0},
        "activityProgress": {"enum": ["Initialized", "Started", "InProgress", "Submitted", "Completed"]},
        "gradingProgress": {"enum": ["NotReady", "Failed", "Pending", "PendingManual", "FullyGraded"]},
        "comment": {"type": "string"},
        "submission": {
            "type": "object",
            "additionalProperties": False,
            "properties": {"startedAt": _MOMENT, "submittedAt": _MOMENT},
        },
        "https://canvas.instructure.com/lti/submission": {
            "type": "object",
            "additionalProperties": False,
            "properties": {"new_submission": {"type": "boolean"}},
        },
    },
}
COLUMN = {
    "type": "object",
    "required": ["label", "scoreMaximum"],
    "additionalProperties": False,
    "properties": {
        "id": {"type": "string"},
        "label": {"type": "string", "minLength": 1},
        "scoreMaximum": {"type": "number", "exclusiveMinimum": 0},
        "resourceId": {"type": "string"},
        "tag": {"type": "string"},
    },
}
