"""Deep networks from numpy alone: a short book, one chapter a module.

Every function here is the answer to one exercise of the course; nothing else in the repository contains a
solution. The chapters can be read in any order, and none imports another.

=================  ==========================================================================
``data``           what there is to learn from: splitting, diagnosing, normalising
``forward``        from features to an answer, layer by layer, and what a wrong answer costs
``gradcheck``      derivatives by trying, the safety net under everything that follows
``backprop``       derivatives by the chain rule, and the first step downhill
``softmax``        from scores to probabilities, the cost of a wrong guess, and its gradient
``initialization`` how large the first weights should be
``regularization`` penalties, dropout, early stopping, more data: against learning by heart
``batches``        learning from a few examples at a time, and averages that forget
``optimizers``     better steps: momentum, RMSProp, Adam, and smaller and smaller ones
``batchnorm``      normalising inside the network, and the road back through it
``tuning``         choosing what no gradient chooses
=================  ==========================================================================

Conventions
-----------
Examples are columns: ``m`` examples of ``n`` numbers each make an ``(n, m)`` matrix. A sum over examples runs
along ``axis=1``, a sum over classes along ``axis=0``, and both keep their dimension. Costs are means over the
examples; gradients with respect to activations and scores (``dA``, ``dZ``) belong to the *sum* of the losses,
so they carry no ``1/m``. No function changes its arguments, prints, or touches numpy's global random state.

Sources
-------
F0 to F4 are the lecture notes that the course is built on; ``assignments/course.toml`` lists their titles.
"""
