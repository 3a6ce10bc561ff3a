"""A window as an assistive technology finds it: its controls by role and name over AT-SPI, the pointer, and the keys."""

import subprocess
import time
from fractions import Fraction

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, Gio, GLib

# Between two keys, in milliseconds.
PACE = 250
# Until something that must come has come, in seconds.
PATIENCE = 20
# What has not moved for this time stands still, in seconds.
REST = 0.3

# The role of a number field.
FIELD = "spin button"
# The field of the window's own dialog for files.
PATH_FIELD = ("entry", "File (a path; ~ is your home folder)")


class Failure(Exception):
    """Something was not as it must be; the sentence says what."""


class Control:
    """A control, asked over AT-SPI for what is to be known of it."""

    def __init__(self, node):
        self.node = node
        self.role, self.name = node.get_role_name(), node.get_name()

    @property
    def has_focus(self):
        return self.node.get_state_set().contains(Atspi.StateType.FOCUSED)

    @property
    def value(self):
        return Atspi.Value.get_current_value(self.node)

    @property
    def text(self):
        return Atspi.Text.get_text(self.node, 0, -1)

    @property
    def place(self):
        return self.node.get_extents(Atspi.CoordType.SCREEN)

    @property
    def middle(self):
        place = self.place
        return place.x + place.width // 2, place.y + place.height // 2


def number(text):
    """The number that a typed text means, with a decimal comma or as a fraction too."""
    return float(Fraction(text.replace(",", ".")))


def pointer_and_keys(*words):
    subprocess.run(["xdotool", *map(str, words)], check=True)


class Window:
    """The program, and what is done with its window."""

    def __init__(self, program):
        self.process = subprocess.Popen([program])

    def controls(self):
        """All controls of the window as they are now."""

        def walk(node):
            if node is not None:
                yield Control(node)
                for index in range(node.get_child_count()):
                    yield from walk(node.get_child_at_index(index))

        desktop = Atspi.get_desktop(0)
        for index in range(desktop.get_child_count()):
            # The program itself is no control.
            program = desktop.get_child_at_index(index)
            for window in range(program.get_child_count()):
                yield from walk(program.get_child_at_index(window))

    def wait(self, expected, look, found=lambda: "nothing of it"):
        """Waits until `look` returns something that is true, and returns that."""
        end = time.monotonic() + PATIENCE
        while True:
            if self.process.poll() is not None:
                raise Failure(f"expected {expected}, but the program ended with status {self.process.returncode}")
            is_late = time.monotonic() > end
            try:
                if seen := look():
                    return seen
                if is_late:
                    raise Failure(f"expected {expected}, found {found()}")
            except GLib.Error:  # A control has gone since it was listed.
                if is_late:
                    raise Failure(f"expected {expected}, found controls that come and go") from None
            time.sleep(0.05)

    def find(self, role, name):
        """The control, or None where it is not shown."""
        return next((control for control in self.controls() if (control.role, control.name) == (role, name)), None)

    def control(self, role, name):
        return self.wait(f"a {role} named {name!r}", lambda: self.find(role, name))

    def has_gone(self, role, name):
        self.wait(f"no {role} named {name!r} any more", lambda: not self.find(role, name), lambda: "it")

    def focused(self):
        """Role and name of what has the keyboard."""
        return next(((control.role, control.name) for control in self.controls() if control.has_focus), None)

    def has_focus(self, role, name):
        def look():
            control = self.find(role, name)
            return control and control.has_focus

        self.wait(f"the keyboard in {role} {name!r}", look, self.focused)

    def numbers(self):
        """Name and value of every number field."""
        return self.wait(
            "number fields", lambda: [(field.name, field.value) for field in self.controls() if field.role == FIELD]
        )

    def has_value(self, name, value):
        def shown():
            field = self.find(FIELD, name)
            return field and field.value

        self.wait(f"{value!r} in the field {name!r}", lambda: shown() == value, shown)

    def has_text(self, role, name, text):
        def shown():
            field = self.find(role, name)
            return field and field.text

        self.wait(f"the text {text!r} in {role} {name!r}", lambda: shown() == text, shown)

    def key(self, name):
        pointer_and_keys("key", name)
        time.sleep(PACE / 1000)

    def tap(self, name):
        """Presses a key and lets it go as slowly as a hand does, as one that others are held down with."""
        pointer_and_keys("keydown", name)
        time.sleep(0.1)
        pointer_and_keys("keyup", name)
        time.sleep(PACE / 1000)

    def type(self, text):
        pointer_and_keys("type", "--delay", PACE, "--", text)

    def click(self, role, name):
        pointer_and_keys("mousemove", *self.in_view(role, name), "click", 1)

    def in_view(self, role, name):
        """The middle of a control, once it stands still, scrolled to where it can be seen if it belongs to a run."""
        last, since = None, 0.0

        def middle():
            return self.control(role, name).middle

        def look():
            nonlocal last, since
            before, last = last, middle()
            if last != before:
                since = time.monotonic()
            if time.monotonic() - since < REST:
                return None
            if ": " in name:
                # The runs scroll between the slider of all rates and the lower end of the panel's edge.
                head, edge = self.find(FIELD, "All learning rates"), self.find("separator", "Resize panel")
                x, top = head.place.x, head.place.y + head.place.height + 10
                bottom = edge.place.y + edge.place.height - 10
                if not top < last[1] < bottom:
                    pointer_and_keys("mousemove", x, (top + bottom) // 2)
                    pointer_and_keys("click", 4 if last[1] <= top else 5)
                    self.wait(f"{role} {name!r} to be scrolled", lambda: middle() != last)
                    return None
            return last

        return self.wait(f"{role} {name!r} in view", look, lambda: f"it at {last}")

    def type_number(self, name, text):
        """Clicks a number field, types into it and presses Enter: it shows what was typed."""
        self.click(FIELD, name)
        self.has_focus(FIELD, name)
        self.type(text)
        self.has_value(name, number(text))
        self.key("Return")
        left = lambda: not self.control(FIELD, name).has_focus
        self.wait(f"the field {name!r} left after Enter", left, self.focused)
        self.has_value(name, number(text))

    def type_path(self, path):
        """Types into the window's own dialog for files what stands there no longer."""
        self.has_focus(*PATH_FIELD)
        self.key("ctrl+a")
        self.type(str(path))
        self.has_text(*PATH_FIELD, str(path))
        self.key("Return")
        self.has_gone(*PATH_FIELD)

    def close(self):
        """Closes the window as a person does."""
        pointer_and_keys("key", "alt+F4")
        try:
            status = self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            raise Failure("expected the window to close, found it open") from None
        if status != 0:
            raise Failure(f"expected status 0 of the closed window, found {status}")


def ask_for_names():
    """Says on the session bus, as an assistive technology does, that programs are to tell of their controls."""
    bus = Gio.bus_get_sync(Gio.BusType.SESSION)
    for switch in ("IsEnabled", "ScreenReaderEnabled"):
        asked = GLib.Variant("(ssv)", ("org.a11y.Status", switch, GLib.Variant("b", True)))
        properties = "org.freedesktop.DBus.Properties"
        # The bus starts the service that this is sent to.
        bus.call_sync("org.a11y.Bus", "/org/a11y/bus", properties, "Set", asked, None, Gio.DBusCallFlags.NONE, -1)
    Atspi.init()
