#pragma once

#include <string>
#include <vector>

namespace attest::cli {

/// What a command printed: text for people, which a terminal gets folded to its width, and text for programs,
/// which nobody gets folded.
class Printed {
  public:
    void add(const std::string& text, bool folds);
    bool empty() const { return pieces_.empty(); }
    /// As it is written to stdout.
    std::string shown() const;

  private:
    struct Piece {
        std::string text;
        bool folds;
    };
    std::vector<Piece> pieces_;
};

}  // namespace attest::cli
