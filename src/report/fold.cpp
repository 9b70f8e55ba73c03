#include "report/fold.hpp"

#include <algorithm>
#include <optional>
#include <string_view>
#include <vector>

namespace attest::report {

namespace {

constexpr std::size_t further = 4;  ///< by so many columns a continued line is indented more

bool continues(char c) { return (static_cast<unsigned char>(c) & 0xc0U) == 0x80; }

/// A line as its columns: where each code point begins.
class Line {
  public:
    explicit Line(std::string text) : text_(std::move(text)) {
        for (std::size_t k = 0; k < text_.size(); ++k)
            if (!continues(text_[k])) at_.push_back(k);
    }

    std::size_t size() const { return at_.size(); }
    bool blank(std::size_t column) const { return column >= size() || text_[at_[column]] == ' '; }
    std::string cut(std::size_t from, std::size_t to) const {
        const auto byte = [&](std::size_t column) { return column >= size() ? text_.size() : at_[column]; };
        return text_.substr(byte(from), byte(to) - byte(from));
    }
    std::size_t indent() const {
        std::size_t column = 0;
        while (column < size() && blank(column)) ++column;
        return column;
    }

  private:
    std::string text_;
    std::vector<std::size_t> at_;
};

std::string without_blanks_at_end(std::string text) {
    text.erase(text.find_last_not_of(' ') + 1);
    return text;
}

/// At the last blank that leaves at most `width` columns, else at the first; words go on at column `hang`.
std::string fold_words(Line line, std::size_t width, std::size_t hang) {
    std::string result;
    while (line.size() > width) {
        const std::size_t least = line.indent();  // from the second on the hang, so that each takes a word away
        std::size_t at = width;
        while (at > least && !line.blank(at)) --at;
        if (at <= least)
            for (at = least; at < line.size() && !line.blank(at);) ++at;
        if (at >= line.size()) break;
        std::size_t next = at;
        while (next < line.size() && line.blank(next)) ++next;
        result += without_blanks_at_end(line.cut(0, at)) + "\n";
        if (next >= line.size()) return result;
        line = Line(std::string(hang, ' ') + line.cut(next, line.size()));
    }
    return result + line.cut(0, line.size()) + "\n";
}

/// Lines that stand together: rows of one table, if they have columns.
class Block {
  public:
    explicit Block(std::vector<Line> lines) : lines_(std::move(lines)) {}

    std::string fold(std::size_t width) const {
        const auto longest = std::max_element(lines_.begin(), lines_.end(),
                                              [](const Line& a, const Line& b) { return a.size() < b.size(); });
        if (longest->size() <= width) return fold_each(width, std::nullopt);
        const std::vector<std::size_t> columns = column_starts();
        // A last column that begins early holds text; columns up to the end hold numbers.
        if (!columns.empty() && columns.back() <= width * 2 / 3) return fold_each(width, columns.back());
        const auto fits = std::find_if(columns.rbegin(), columns.rend(),
                                       [&](std::size_t c) { return end_before(c) <= width && c > width / 3; });
        return fits == columns.rend() ? fold_each(width, std::nullopt) : fold_columns(width, end_before(*fits));
    }

  private:
    std::string fold_each(std::size_t width, std::optional<std::size_t> hang) const {
        std::string text;
        for (const Line& line : lines_)
            text += fold_words(line, width, hang.value_or(std::min(line.indent() + further, width / 2)));
        return text;
    }

    std::string fold_columns(std::size_t width, std::size_t column) const {
        std::string text;
        for (const Line& line : lines_) {
            text += without_blanks_at_end(line.cut(0, column)) + "\n";
            if (line.size() > column)
                text += fold_words(Line(std::string(further, ' ') + line.cut(column, line.size())), width, 2 * further);
        }
        return text;
    }

    /// Where what stands before a column ends, in the longest line.
    std::size_t end_before(std::size_t column) const {
        std::size_t end = 0;
        for (const Line& line : lines_)
            for (std::size_t c = std::min(column, line.size()); c > end; --c)
                if (!line.blank(c - 1)) end = c;
        return end;
    }

    /// Where columns begin: behind a blank in every line that is so long, and these are most; in one the gap
    /// is wide.
    std::vector<std::size_t> column_starts() const {
        std::vector<std::size_t> starts;
        std::size_t longest = 0;
        for (const Line& line : lines_) longest = std::max(longest, line.size());
        for (std::size_t c = 2; lines_.size() > 1 && c < longest; ++c)
            if (is_start(c)) starts.push_back(c);
        return starts;
    }

    bool is_start(std::size_t c) const {
        std::size_t reach = 0, begin = 0;
        bool wide = false;
        for (const Line& line : lines_) {
            if (line.size() <= c) continue;
            if (!line.blank(c - 1)) return false;
            ++reach;
            begin += line.blank(c) ? 0 : 1;
            wide = wide || (c > line.indent() && line.blank(c - 2) && !line.blank(c));
        }
        return wide && begin > 0 && reach * 2 > lines_.size() && reach > 1;
    }

    std::vector<Line> lines_;
};

}  // namespace

std::string fold(const std::string& text, std::size_t width) {
    std::string result;
    std::vector<Line> block;
    const auto finish = [&] {
        if (!block.empty()) result += Block(std::move(block)).fold(width);
        block.clear();
    };
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        Line line(text.substr(at, end - at));
        at = end + 1;
        // A heading is not indented, what it heads is.
        if (!block.empty() && (line.size() == 0 || (line.indent() > 0) != (block.front().indent() > 0))) finish();
        if (line.size() == 0) result += "\n";
        else block.push_back(std::move(line));
    }
    finish();
    if (!text.empty() && text.back() != '\n' && !result.empty()) result.pop_back();
    return result;
}

}  // namespace attest::report
