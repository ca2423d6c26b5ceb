@exercise("$exercise")
@law("the result keeps two dimensions, so that it can be subtracted from X")
@points(0.5)
@public
def test_${exercise}_gives_a_column(student):
    """One number for each feature, in a column."""
    assert_shape(student.$exercise(np.ones((3, 7))), (3, 1), name="Y", axes="(n, 1)")


@exercise("$exercise")
@law("the mean of a feature is taken over the m examples")
@points(1.5)
@public
@suggest("print X.shape and the shape of what you return")
def test_${exercise}_of_three_examples(student):
    """Examples are columns, so a feature is a row."""
    X = np.array([[1.0, 2.0, 6.0], [0.0, 4.0, 5.0]])
    assert_close(student.$exercise(X), np.array([[3.0], [3.0]]), name="Y", known={"m": 3, "n": 2})


@exercise("$exercise")
@law("f(X + c) = f(X) + c")
@points(1)
@hidden
def test_${exercise}_moves_with_its_input(student, oracle, rng):
    """Shifting every example shifts their mean."""
    X = rng.normal(size=(3, 7))
    assert_close(student.$exercise(X + 2.0), oracle.$exercise(X) + 2.0, name="Y")
