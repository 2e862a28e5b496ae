"""How does a page have to be turned to be read?"""

from dataclasses import dataclass

QUARTER = 90


@dataclass(frozen=True, slots=True)
class Turn:
    """From user space (left, bottom, right, top; y up) to places on the page as read (y down).

    `frame` is the visible box in user space, `degrees` the clockwise turn: 0, 90, 180 or 270.
    """

    frame: tuple[float, float, float, float]
    degrees: int

    @property
    def width(self) -> float:
        """Of the page as read, in points."""
        left, bottom, right, top = self.frame
        return right - left if self.degrees % (2 * QUARTER) == 0 else top - bottom

    @property
    def height(self) -> float:
        """Of the page as read, in points."""
        left, bottom, right, top = self.frame
        return top - bottom if self.degrees % (2 * QUARTER) == 0 else right - left

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point of user space on the page as read."""
        left, bottom, right, top = self.frame
        turned = ((x - left, top - y), (y - bottom, x - left), (right - x, y - bottom), (top - y, right - x))
        return turned[self.degrees // QUARTER]

    def box(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        """A box of user space as (x0, y0, x1, y1) on the page as read."""
        if not self.degrees:
            return left - self.frame[0], self.frame[3] - top, right - self.frame[0], self.frame[3] - bottom
        ax, ay = self.point(left, bottom)
        bx, by = self.point(right, top)
        return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)
