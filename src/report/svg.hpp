#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace attest::report {

/// A point of a drawing: to the right and down, in pixels at natural size.
struct Point {
    double x = 0, y = 0;
};

enum class Anchor { start, middle, end };

/// A drawing that is read on screen, light or dark, and in print: shapes have no colours of their own but roles, to which
/// the drawing's own style sheet gives colours. Where the reader prefers dark the style sheet does too; on paper the
/// background stays white, and roles also differ in dash or strength of line, so that nothing hangs on colour alone.
///
/// Roles  `ink`, `muted` (text and thin lines), `grid`, `paper` (text on a dark shape); `a` … `f` (six hues apart for colour-blind readers) for series,
///        bars and cells, each also as `a-soft` … for areas; behind a role, `faint` for what is
///        only context, and `halo` for text that lines go through
class Svg {
  public:
    /// title, description: what a reader who does not see it is told
    Svg(double width, double height, const std::string& title, const std::string& description);

    void rectangle(Point corner, double width, double height, std::string_view role, std::string_view tip = {});
    void circle(Point centre, double radius, std::string_view role, std::string_view tip = {});
    void line(Point from, Point to, std::string_view role);
    /// Needs  two points or more
    void polyline(const std::vector<Point>& points, std::string_view role);
    /// Needs  three points or more
    void polygon(const std::vector<Point>& points, std::string_view role);
    /// From one point to another with level ends, as wires between columns.
    void wire(Point from, Point to, std::string_view role);
    /// A half ellipse above two points of equal height, `rise` high, with an arrow head at the end.
    /// width: of the line
    void arc(Point from, Point to, double rise, std::string_view role, double width = 1.8);
    /// A circle's line, without what is inside.
    void ring(Point centre, double radius, std::string_view role);
    /// A smooth line through points, with an arrow head where it ends.
    /// Needs  two points or more
    void arrow(const std::vector<Point>& through, std::string_view role);
    void text(Point base, std::string_view text, std::string_view role = "ink", Anchor anchor = Anchor::start,
              double size = 13);

    /// The whole document.
    std::string document() const;
    /// The drawing as an element of a page that holds `svg_style()`. id: of this element, unlike any other of the page
    std::string element(const std::string& id) const;

  private:
    void shape(const std::string& element, std::string_view role, std::string_view kind, std::string_view tip);

    std::string size_, title_, description_, body_;
};

/// The rules by which roles have colours, for light, dark and paper; the variables (`--ink`, `--paper`, …) serve a page as well.
std::string svg_style();

}  // namespace attest::report
