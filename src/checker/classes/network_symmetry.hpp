#pragma once

#include <functional>
#include <string>
#include <vector>

#include "checker/classes/network_words.hpp"
#include "checker/kernel/budget.hpp"

namespace attest::checker {

/// Which symmetries of the class and of the language a formula breaks (FORMAT.md section 9.4).
class NetworkSymmetry {
  public:
    /// Needs   words of one length, but for the classes without positions
    /// Throws  Defect: breaks that are unknown, out of order, or without what they need
    NetworkSymmetry(const NetworkClass& c, const NetworkWords& words, const std::vector<std::string>& breaks,
                    Budget& budget);

    bool has(const char* symmetry) const;

  private:
    void need(const char* symmetry, bool holds, const char* what) const;
    bool is_kept(const std::function<bool(std::size_t)>& image) const;
    void check_kept_by_exchanges() const;
    void check_kept_by_complements(const std::string& symmetry) const;
    std::size_t unread_positions() const;

    const NetworkClass& c_;
    const NetworkWords& words_;
    Budget& budget_;
    std::vector<std::string> breaks_;
};

}  // namespace attest::checker
