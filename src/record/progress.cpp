#include "record/progress.hpp"

#include "fields.hpp"

namespace attest::record {

Progress::Checkpoint progress_checkpoint(const std::string& file, const progress::Measures& found) {
    Progress::Checkpoint record;
    record.file = file;
    record.train_loss = found.train_loss, record.test_loss = found.test_loss;
    record.right = found.right, record.test_right = found.test_right;
    record.margin = found.margin, record.margin_at = {found.margin_at.first, found.margin_at.second};
    record.restricted_loss = found.restricted_loss, record.restricted_test_loss = found.restricted_test_loss;
    record.excluded_loss = found.excluded_loss, record.excluded_each = found.excluded_each;
    record.gini_embedding = found.gini_embedding, record.gini_neurons = found.gini_neurons;
    record.gini_embedding_frequencies = found.gini_embedding_frequencies;
    record.gini_neurons_frequencies = found.gini_neurons_frequencies;
    record.squared_norm = found.squared_norm, record.key_share = found.key_share;
    return record;
}

template nlohmann::ordered_json write(const Progress&);
template std::optional<Progress> read(const base::Json&);

}  // namespace attest::record
