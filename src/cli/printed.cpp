#include "printed.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>

#include "report/fold.hpp"

namespace attest::cli {

namespace {

constexpr std::size_t usual_columns = 80, fewest_columns = 20;

}  // namespace

void Printed::add(const std::string& text, bool folds) {
    if (text.empty()) return;
    if (pieces_.empty() || pieces_.back().folds != folds) pieces_.push_back({"", folds});
    pieces_.back().text += text;
}

std::string Printed::shown() const {
    winsize size{};
    const bool terminal = ::isatty(STDOUT_FILENO) != 0;
    if (terminal) (void)::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size);
    const std::size_t width = size.ws_col > 0 ? std::max<std::size_t>(size.ws_col, fewest_columns) : usual_columns;
    std::string text;
    for (const Piece& piece : pieces_) text += terminal && piece.folds ? report::fold(piece.text, width) : piece.text;
    return text;
}

}  // namespace attest::cli
