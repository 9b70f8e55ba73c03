#pragma once

#include <bdd.h>

#include <algorithm>
#include <cstddef>
#include <mutex>

extern "C" int* bddrefstack;  // exported by the library, though its header does not say so

namespace attest::measure {

/// BuDDy from start to end. It has one state for the whole process, so a session holds a lock from its first node to its last.
/// Its functions tell of failure by a call; after one, results are worthless.
class BddSession {
  public:
    BddSession(unsigned variables, std::size_t most_nodes) : lock_(mutex()) {
        failed() = false;
        constexpr std::size_t least_nodes = 1 << 13;
        const auto most = static_cast<int>(std::max(most_nodes, least_nodes));
        bdd_init(static_cast<int>(least_nodes), static_cast<int>(least_nodes));
        bdd_error_hook([](int) { failed() = true; });
        bdd_gbc_hook(nullptr);  // it would print
        bdd_resize_hook(nullptr);
        bdd_setmaxnodenum(most);
        bdd_setmaxincrease(most / 4);
        bdd_setcacheratio(8);
        if (variables > 0) bdd_setvarnum(static_cast<int>(variables));
        // Two slots a level, which the library takes before it fills them: a collection in between would follow what was in this
        // memory before as numbers of nodes, beyond the table as well.
        std::fill_n(bddrefstack, 2 * std::size_t{variables}, 0);
    }
    ~BddSession() { bdd_done(); }
    BddSession(const BddSession&) = delete;
    BddSession& operator=(const BddSession&) = delete;

    static bool& failed() {
        static bool value = false;  // under the lock
        return value;
    }

  private:
    static std::mutex& mutex() {
        static std::mutex one;
        return one;
    }
    std::lock_guard<std::mutex> lock_;
};

}  // namespace attest::measure
