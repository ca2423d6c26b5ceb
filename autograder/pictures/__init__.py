"""Pictures for the student: what a room's functions do, drawn with the functions that the student has written.

A room may have a file `pictures.py`. It is trusted, as the checks are; nothing in it is graded, and nothing graded
needs it or matplotlib. Each of its functions with the mark `@picture` draws one picture:

    from autograder.checking import say
    from autograder.pictures import picture


    @picture
    def cost_of_each_step(axes, student, lab):
        \"\"\"The cost falls at every step: quickly at first, then more and more slowly.\"\"\"
        parts = lab.split(lab.digits(), seed=0)
        network = lab.Network((64, 10), epochs=100, lr=0.5, batch_size=None, initialize="zeros")
        axes.plot(lab.train(parts.train, network, 0, softmax_loss=student.softmax_loss).costs)
        axes.set(xlabel=say("step"), ylabel=say("cost J"))

The docstring stands below the picture, and the name above it, as a sentence. A picture takes `axes`, for a single
panel, or `figure`, for several, and besides any of `student` and `lab`; `@picture(height=6)` is for a tall one (in
inches; each is 8 inches wide, 1200 pixels). matplotlib is given, never imported at the top of the file.

`student` calls the student's functions as it does in a check, and `lab` is that of the capstones; what belongs to other
rooms comes from the reference. When a function gives no value, or one of another form than the reference does, the
panel says which function to mend. Where panels use different functions, each is drawn inside `with panel(axes):`, and
one that cannot be drawn leaves the others alone.

What a reader sees is said with `say("…")`, values by name, so that it can be Chinese: `texts.zh.toml` has the texts
under `[messages]`, and under `[pictures.cost_of_each_step]` the `title` and the `caption`.
"""

from autograder.pictures.marks import panel, picture

__all__ = ["panel", "picture"]
