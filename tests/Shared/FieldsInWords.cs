global using PipelineCrm.TestSupport;
using PipelineCrm.Customers;
using PipelineCrm.Deals;
using PipelineCrm.Domain;

namespace PipelineCrm.TestSupport;

/// <summary>Fields said by name, as tests read best: what stands there is sent, null included.</summary>
internal static class FieldsInWords
{
    extension(MoveFields fields)
    {
        public decimal? Amount
        {
            set => fields.Put(FieldKey.Amount, value);
        }

        public string? Currency
        {
            set => fields.Put(FieldKey.Currency, value);
        }

        public DateOnly? ExpectedClose
        {
            set => fields.Put(FieldKey.ExpectedClose, value);
        }

        public string? Title
        {
            set => fields.Put(FieldKey.Title, value);
        }

        public string? Source
        {
            set => fields.Put(FieldKey.Source, value);
        }

        public UserId? OwnerId
        {
            set => fields.Put(FieldKey.OwnerId, value);
        }
    }

    extension(CustomerFields fields)
    {
        public string? Name
        {
            set => fields.Put("name", value);
        }

        public CustomerType Type
        {
            set => fields.Put("type", value);
        }

        public string? Email
        {
            set => fields.Put("email", value);
        }

        public string? Phone
        {
            set => fields.Put("phone", value);
        }
    }
}
