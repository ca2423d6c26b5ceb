"""Every target by its name."""

import course_targets
import intake_targets
import link_targets
import store_targets
import wire_targets

TARGETS = {
    target.name: target
    for module in (wire_targets, link_targets, intake_targets, course_targets, store_targets)
    for target in module.TARGETS
}
