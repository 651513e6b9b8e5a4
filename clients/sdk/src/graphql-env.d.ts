/* Made by `npm run schema` from schema/supergraph.graphql. */
export type introspection_types = {
  Address: {
    kind: 'OBJECT';
    name: 'Address';
    fields: {
      city: {
        name: 'city';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'String'; ofType: null };
        };
      };
      country: {
        name: 'country';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'String'; ofType: null };
        };
      };
      postalCode: { name: 'postalCode'; type: { kind: 'SCALAR'; name: 'String'; ofType: null } };
      region: { name: 'region'; type: { kind: 'SCALAR'; name: 'String'; ofType: null } };
      street: {
        name: 'street';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'String'; ofType: null };
        };
      };
    };
  };
  AddressInput: {
    kind: 'INPUT_OBJECT';
    name: 'AddressInput';
    isOneOf: false;
    inputFields: [
      {
        name: 'street';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'String'; ofType: null };
        };
        defaultValue: null;
      },
      {
        name: 'city';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'String'; ofType: null };
        };
        defaultValue: null;
      },
      {
        name: 'region';
        type: { kind: 'SCALAR'; name: 'String'; ofType: null };
        defaultValue: null;
      },
      {
        name: 'postalCode';
        type: { kind: 'SCALAR'; name: 'String'; ofType: null };
        defaultValue: null;
      },
      {
        name: 'country';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'String'; ofType: null };
        };
        defaultValue: null;
      },
    ];
  };
  AuditEntry: {
    kind: 'OBJECT';
    name: 'AuditEntry';
    fields: {
      action: {
        name: 'action';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'String'; ofType: null };
        };
      };
      actor: { name: 'actor'; type: { kind: 'OBJECT'; name: 'User'; ofType: null } };
      at: {
        name: 'at';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'DateTime'; ofType: null };
        };
      };
      details: { name: 'details'; type: { kind: 'SCALAR'; name: 'String'; ofType: null } };
      id: {
        name: 'id';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'ID'; ofType: null };
        };
      };
      target: {
        name: 'target';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'String'; ofType: null };
        };
      };
    };
  };
  AuditEntryConnection: {
    kind: 'OBJECT';
    name: 'AuditEntryConnection';
    fields: {
      edges: {
        name: 'edges';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: {
            kind: 'LIST';
            name: never;
            ofType: {
              kind: 'NON_NULL';
              name: never;
              ofType: { kind: 'OBJECT'; name: 'AuditEntryEdge'; ofType: null };
            };
          };
        };
      };
      nodes: {
        name: 'nodes';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: {
            kind: 'LIST';
            name: never;
            ofType: {
              kind: 'NON_NULL';
              name: never;
              ofType: { kind: 'OBJECT'; name: 'AuditEntry'; ofType: null };
            };
          };
        };
      };
      pageInfo: {
        name: 'pageInfo';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'PageInfo'; ofType: null };
        };
      };
    };
  };
  AuditEntryEdge: {
    kind: 'OBJECT';
    name: 'AuditEntryEdge';
    fields: {
      cursor: {
        name: 'cursor';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'String'; ofType: null };
        };
      };
      node: {
        name: 'node';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'AuditEntry'; ofType: null };
        };
      };
    };
  };
  Boolean: unknown;
  Cafe: {
    kind: 'OBJECT';
    name: 'Cafe';
    fields: {
      acceptsOrders: {
        name: 'acceptsOrders';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'Boolean'; ofType: null };
        };
      };
      address: {
        name: 'address';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'Address'; ofType: null };
        };
      };
      currencyCode: {
        name: 'currencyCode';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'CurrencyCode'; ofType: null };
        };
      };
      currentWaitMinutes: {
        name: 'currentWaitMinutes';
        type: { kind: 'SCALAR'; name: 'Int'; ofType: null };
      };
      id: {
        name: 'id';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'ID'; ofType: null };
        };
      };
      isOpen: {
        name: 'isOpen';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'Boolean'; ofType: null };
        };
      };
      location: {
        name: 'location';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'GeoPoint'; ofType: null };
        };
      };
      menu: { name: 'menu'; type: { kind: 'OBJECT'; name: 'Menu'; ofType: null } };
      name: {
        name: 'name';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'String'; ofType: null };
        };
      };
      nextOpening: {
        name: 'nextOpening';
        type: { kind: 'SCALAR'; name: 'DateTime'; ofType: null };
      };
      openingHours: {
        name: 'openingHours';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: {
            kind: 'LIST';
            name: never;
            ofType: {
              kind: 'NON_NULL';
              name: never;
              ofType: { kind: 'OBJECT'; name: 'OpeningHours'; ofType: null };
            };
          };
        };
      };
      orderingPausedReason: {
        name: 'orderingPausedReason';
        type: { kind: 'SCALAR'; name: 'String'; ofType: null };
      };
      phone: { name: 'phone'; type: { kind: 'SCALAR'; name: 'String'; ofType: null } };
      pickupSlots: {
        name: 'pickupSlots';
        type: {
          kind: 'LIST';
          name: never;
          ofType: {
            kind: 'NON_NULL';
            name: never;
            ofType: { kind: 'OBJECT'; name: 'PickupSlot'; ofType: null };
          };
        };
      };
      queue: {
        name: 'queue';
        type: {
          kind: 'LIST';
          name: never;
          ofType: {
            kind: 'NON_NULL';
            name: never;
            ofType: { kind: 'OBJECT'; name: 'Order'; ofType: null };
          };
        };
      };
      slug: {
        name: 'slug';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'String'; ofType: null };
        };
      };
      specialHours: {
        name: 'specialHours';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: {
            kind: 'LIST';
            name: never;
            ofType: {
              kind: 'NON_NULL';
              name: never;
              ofType: { kind: 'OBJECT'; name: 'SpecialHours'; ofType: null };
            };
          };
        };
      };
      stock: {
        name: 'stock';
        type: {
          kind: 'LIST';
          name: never;
          ofType: {
            kind: 'NON_NULL';
            name: never;
            ofType: { kind: 'OBJECT'; name: 'StockLevel'; ofType: null };
          };
        };
      };
      taxRate: {
        name: 'taxRate';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'Decimal'; ofType: null };
        };
      };
      timeZone: {
        name: 'timeZone';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'String'; ofType: null };
        };
      };
    };
  };
  CafeConnection: {
    kind: 'OBJECT';
    name: 'CafeConnection';
    fields: {
      edges: {
        name: 'edges';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: {
            kind: 'LIST';
            name: never;
            ofType: {
              kind: 'NON_NULL';
              name: never;
              ofType: { kind: 'OBJECT'; name: 'CafeEdge'; ofType: null };
            };
          };
        };
      };
      nodes: {
        name: 'nodes';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: {
            kind: 'LIST';
            name: never;
            ofType: {
              kind: 'NON_NULL';
              name: never;
              ofType: { kind: 'OBJECT'; name: 'Cafe'; ofType: null };
            };
          };
        };
      };
      pageInfo: {
        name: 'pageInfo';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'PageInfo'; ofType: null };
        };
      };
      totalCount: {
        name: 'totalCount';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'Int'; ofType: null };
        };
      };
    };
  };
  CafeEdge: {
    kind: 'OBJECT';
    name: 'CafeEdge';
    fields: {
      cursor: {
        name: 'cursor';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'String'; ofType: null };
        };
      };
      distanceKm: { name: 'distanceKm'; type: { kind: 'SCALAR'; name: 'Float'; ofType: null } };
      node: {
        name: 'node';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'Cafe'; ofType: null };
        };
      };
    };
  };
  CafeInput: {
    kind: 'INPUT_OBJECT';
    name: 'CafeInput';
    isOneOf: false;
    inputFields: [
      {
        name: 'slug';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'String'; ofType: null };
        };
        defaultValue: null;
      },
      {
        name: 'name';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'String'; ofType: null };
        };
        defaultValue: null;
      },
      { name: 'phone'; type: { kind: 'SCALAR'; name: 'String'; ofType: null }; defaultValue: null },
      {
        name: 'address';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'INPUT_OBJECT'; name: 'AddressInput'; ofType: null };
        };
        defaultValue: null;
      },
      {
        name: 'location';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'INPUT_OBJECT'; name: 'GeoPointInput'; ofType: null };
        };
        defaultValue: null;
      },
      {
        name: 'timeZone';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'String'; ofType: null };
        };
        defaultValue: null;
      },
      {
        name: 'currencyCode';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'CurrencyCode'; ofType: null };
        };
        defaultValue: null;
      },
      {
        name: 'taxRate';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'Decimal'; ofType: null };
        };
        defaultValue: null;
      },
    ];
  };
  CafePayload: {
    kind: 'OBJECT';
    name: 'CafePayload';
    fields: {
      cafe: { name: 'cafe'; type: { kind: 'OBJECT'; name: 'Cafe'; ofType: null } };
      userErrors: {
        name: 'userErrors';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: {
            kind: 'LIST';
            name: never;
            ofType: {
              kind: 'NON_NULL';
              name: never;
              ofType: { kind: 'OBJECT'; name: 'UserError'; ofType: null };
            };
          };
        };
      };
    };
  };
  CafeSales: {
    kind: 'OBJECT';
    name: 'CafeSales';
    fields: {
      cafe: { name: 'cafe'; type: { kind: 'OBJECT'; name: 'Cafe'; ofType: null } };
      items: {
        name: 'items';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'Int'; ofType: null };
        };
      };
      orders: {
        name: 'orders';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'Int'; ofType: null };
        };
      };
      revenue: {
        name: 'revenue';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'Money'; ofType: null };
        };
      };
    };
  };
  Category: {
    kind: 'OBJECT';
    name: 'Category';
    fields: {
      id: {
        name: 'id';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'ID'; ofType: null };
        };
      };
      name: {
        name: 'name';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'String'; ofType: null };
        };
      };
      position: {
        name: 'position';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'Int'; ofType: null };
        };
      };
    };
  };
  CategoryInput: {
    kind: 'INPUT_OBJECT';
    name: 'CategoryInput';
    isOneOf: false;
    inputFields: [
      {
        name: 'name';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'String'; ofType: null };
        };
        defaultValue: null;
      },
      { name: 'position'; type: { kind: 'SCALAR'; name: 'Int'; ofType: null }; defaultValue: null },
    ];
  };
  CategoryPayload: {
    kind: 'OBJECT';
    name: 'CategoryPayload';
    fields: {
      category: { name: 'category'; type: { kind: 'OBJECT'; name: 'Category'; ofType: null } };
      userErrors: {
        name: 'userErrors';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: {
            kind: 'LIST';
            name: never;
            ofType: {
              kind: 'NON_NULL';
              name: never;
              ofType: { kind: 'OBJECT'; name: 'UserError'; ofType: null };
            };
          };
        };
      };
    };
  };
  CategorySales: {
    kind: 'OBJECT';
    name: 'CategorySales';
    fields: {
      category: {
        name: 'category';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'String'; ofType: null };
        };
      };
      items: {
        name: 'items';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'Int'; ofType: null };
        };
      };
      revenue: {
        name: 'revenue';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'Money'; ofType: null };
        };
      };
    };
  };
  ChangePasswordInput: {
    kind: 'INPUT_OBJECT';
    name: 'ChangePasswordInput';
    isOneOf: false;
    inputFields: [
      {
        name: 'currentPassword';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'String'; ofType: null };
        };
        defaultValue: null;
      },
      {
        name: 'newPassword';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'String'; ofType: null };
        };
        defaultValue: null;
      },
    ];
  };
  Channel: { name: 'Channel'; enumValues: 'IN_APP' | 'EMAIL' | 'SMS' };
  ChannelPreference: {
    kind: 'OBJECT';
    name: 'ChannelPreference';
    fields: {
      channels: {
        name: 'channels';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: {
            kind: 'LIST';
            name: never;
            ofType: {
              kind: 'NON_NULL';
              name: never;
              ofType: { kind: 'ENUM'; name: 'Channel'; ofType: null };
            };
          };
        };
      };
      kind: {
        name: 'kind';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'ENUM'; name: 'NotificationKind'; ofType: null };
        };
      };
    };
  };
  CurrencyCode: unknown;
  Date: unknown;
  DateTime: unknown;
  Decimal: unknown;
  Delivery: {
    kind: 'OBJECT';
    name: 'Delivery';
    fields: {
      at: {
        name: 'at';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'DateTime'; ofType: null };
        };
      };
      attempts: {
        name: 'attempts';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'Int'; ofType: null };
        };
      };
      channel: {
        name: 'channel';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'ENUM'; name: 'Channel'; ofType: null };
        };
      };
      error: { name: 'error'; type: { kind: 'SCALAR'; name: 'String'; ofType: null } };
      status: {
        name: 'status';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'ENUM'; name: 'DeliveryStatus'; ofType: null };
        };
      };
    };
  };
  DeliveryStatus: {
    name: 'DeliveryStatus';
    enumValues: 'PENDING' | 'SENT' | 'FAILED' | 'SUPPRESSED';
  };
  DepositFundsInput: {
    kind: 'INPUT_OBJECT';
    name: 'DepositFundsInput';
    isOneOf: false;
    inputFields: [
      {
        name: 'idempotencyKey';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'String'; ofType: null };
        };
        defaultValue: null;
      },
      {
        name: 'amount';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'INPUT_OBJECT'; name: 'MoneyInput'; ofType: null };
        };
        defaultValue: null;
      },
      {
        name: 'paymentToken';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'String'; ofType: null };
        };
        defaultValue: null;
      },
    ];
  };
  Float: unknown;
  GeoPoint: {
    kind: 'OBJECT';
    name: 'GeoPoint';
    fields: {
      latitude: {
        name: 'latitude';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'Float'; ofType: null };
        };
      };
      longitude: {
        name: 'longitude';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'Float'; ofType: null };
        };
      };
    };
  };
  GeoPointInput: {
    kind: 'INPUT_OBJECT';
    name: 'GeoPointInput';
    isOneOf: false;
    inputFields: [
      {
        name: 'latitude';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'Float'; ofType: null };
        };
        defaultValue: null;
      },
      {
        name: 'longitude';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'Float'; ofType: null };
        };
        defaultValue: null;
      },
    ];
  };
  HourOfDaySales: {
    kind: 'OBJECT';
    name: 'HourOfDaySales';
    fields: {
      hour: {
        name: 'hour';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'Int'; ofType: null };
        };
      };
      orders: {
        name: 'orders';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'Int'; ofType: null };
        };
      };
      revenue: {
        name: 'revenue';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'Money'; ofType: null };
        };
      };
    };
  };
  ID: unknown;
  Ingredient: {
    kind: 'OBJECT';
    name: 'Ingredient';
    fields: {
      id: {
        name: 'id';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'ID'; ofType: null };
        };
      };
      name: {
        name: 'name';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'String'; ofType: null };
        };
      };
      unit: {
        name: 'unit';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'ENUM'; name: 'Unit'; ofType: null };
        };
      };
    };
  };
  IngredientInput: {
    kind: 'INPUT_OBJECT';
    name: 'IngredientInput';
    isOneOf: false;
    inputFields: [
      {
        name: 'name';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'String'; ofType: null };
        };
        defaultValue: null;
      },
      {
        name: 'unit';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'ENUM'; name: 'Unit'; ofType: null };
        };
        defaultValue: null;
      },
    ];
  };
  IngredientPayload: {
    kind: 'OBJECT';
    name: 'IngredientPayload';
    fields: {
      ingredient: {
        name: 'ingredient';
        type: { kind: 'OBJECT'; name: 'Ingredient'; ofType: null };
      };
      userErrors: {
        name: 'userErrors';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: {
            kind: 'LIST';
            name: never;
            ofType: {
              kind: 'NON_NULL';
              name: never;
              ofType: { kind: 'OBJECT'; name: 'UserError'; ofType: null };
            };
          };
        };
      };
    };
  };
  Int: unknown;
  LocalTime: unknown;
  MarkNotificationsReadPayload: {
    kind: 'OBJECT';
    name: 'MarkNotificationsReadPayload';
    fields: {
      unreadNotificationCount: {
        name: 'unreadNotificationCount';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'Int'; ofType: null };
        };
      };
    };
  };
  Menu: {
    kind: 'OBJECT';
    name: 'Menu';
    fields: {
      cafe: { name: 'cafe'; type: { kind: 'OBJECT'; name: 'Cafe'; ofType: null } };
      sections: {
        name: 'sections';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: {
            kind: 'LIST';
            name: never;
            ofType: {
              kind: 'NON_NULL';
              name: never;
              ofType: { kind: 'OBJECT'; name: 'MenuSection'; ofType: null };
            };
          };
        };
      };
    };
  };
  MenuItem: {
    kind: 'OBJECT';
    name: 'MenuItem';
    fields: {
      price: {
        name: 'price';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'Money'; ofType: null };
        };
      };
      product: {
        name: 'product';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'Product'; ofType: null };
        };
      };
      soldOut: {
        name: 'soldOut';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'Boolean'; ofType: null };
        };
      };
    };
  };
  MenuItemPayload: {
    kind: 'OBJECT';
    name: 'MenuItemPayload';
    fields: {
      menuItem: { name: 'menuItem'; type: { kind: 'OBJECT'; name: 'MenuItem'; ofType: null } };
      userErrors: {
        name: 'userErrors';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: {
            kind: 'LIST';
            name: never;
            ofType: {
              kind: 'NON_NULL';
              name: never;
              ofType: { kind: 'OBJECT'; name: 'UserError'; ofType: null };
            };
          };
        };
      };
    };
  };
  MenuSection: {
    kind: 'OBJECT';
    name: 'MenuSection';
    fields: {
      category: {
        name: 'category';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'Category'; ofType: null };
        };
      };
      items: {
        name: 'items';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: {
            kind: 'LIST';
            name: never;
            ofType: {
              kind: 'NON_NULL';
              name: never;
              ofType: { kind: 'OBJECT'; name: 'MenuItem'; ofType: null };
            };
          };
        };
      };
    };
  };
  Money: {
    kind: 'OBJECT';
    name: 'Money';
    fields: {
      amount: {
        name: 'amount';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'Decimal'; ofType: null };
        };
      };
      currencyCode: {
        name: 'currencyCode';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'CurrencyCode'; ofType: null };
        };
      };
    };
  };
  MoneyInput: {
    kind: 'INPUT_OBJECT';
    name: 'MoneyInput';
    isOneOf: false;
    inputFields: [
      {
        name: 'amount';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'Decimal'; ofType: null };
        };
        defaultValue: null;
      },
      {
        name: 'currencyCode';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'CurrencyCode'; ofType: null };
        };
        defaultValue: null;
      },
    ];
  };
  Mutation: {
    kind: 'OBJECT';
    name: 'Mutation';
    fields: {
      adminSignIn: {
        name: 'adminSignIn';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'SessionPayload'; ofType: null };
        };
      };
      archiveProduct: {
        name: 'archiveProduct';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'ProductPayload'; ofType: null };
        };
      };
      cancelOrder: {
        name: 'cancelOrder';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'OrderPayload'; ofType: null };
        };
      };
      changePassword: {
        name: 'changePassword';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'ResetPasswordPayload'; ofType: null };
        };
      };
      countStock: {
        name: 'countStock';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'StockPayload'; ofType: null };
        };
      };
      createCafe: {
        name: 'createCafe';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'CafePayload'; ofType: null };
        };
      };
      createCategory: {
        name: 'createCategory';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'CategoryPayload'; ofType: null };
        };
      };
      createIngredient: {
        name: 'createIngredient';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'IngredientPayload'; ofType: null };
        };
      };
      createProduct: {
        name: 'createProduct';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'ProductPayload'; ofType: null };
        };
      };
      depositFunds: {
        name: 'depositFunds';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'WalletPayload'; ofType: null };
        };
      };
      markCollected: {
        name: 'markCollected';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'OrderPayload'; ofType: null };
        };
      };
      markNotificationsRead: {
        name: 'markNotificationsRead';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'MarkNotificationsReadPayload'; ofType: null };
        };
      };
      markReady: {
        name: 'markReady';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'OrderPayload'; ofType: null };
        };
      };
      pauseOrdering: {
        name: 'pauseOrdering';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'CafePayload'; ofType: null };
        };
      };
      placeOrder: {
        name: 'placeOrder';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'OrderPayload'; ofType: null };
        };
      };
      recallOrder: {
        name: 'recallOrder';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'OrderPayload'; ofType: null };
        };
      };
      receiveStock: {
        name: 'receiveStock';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'StockPayload'; ofType: null };
        };
      };
      recordWaste: {
        name: 'recordWaste';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'StockPayload'; ofType: null };
        };
      };
      refreshSession: {
        name: 'refreshSession';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'SessionPayload'; ofType: null };
        };
      };
      refundOrder: {
        name: 'refundOrder';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'OrderPayload'; ofType: null };
        };
      };
      rejectOrder: {
        name: 'rejectOrder';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'OrderPayload'; ofType: null };
        };
      };
      requestPasswordReset: {
        name: 'requestPasswordReset';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'RequestPasswordResetPayload'; ofType: null };
        };
      };
      resetPassword: {
        name: 'resetPassword';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'ResetPasswordPayload'; ofType: null };
        };
      };
      resumeOrdering: {
        name: 'resumeOrdering';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'CafePayload'; ofType: null };
        };
      };
      revokeSession: {
        name: 'revokeSession';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'SignOutPayload'; ofType: null };
        };
      };
      setCafePrice: {
        name: 'setCafePrice';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'MenuItemPayload'; ofType: null };
        };
      };
      setNotificationPreference: {
        name: 'setNotificationPreference';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'NotificationPreferencePayload'; ofType: null };
        };
      };
      setOpeningHours: {
        name: 'setOpeningHours';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'CafePayload'; ofType: null };
        };
      };
      setRecipe: {
        name: 'setRecipe';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'RecipePayload'; ofType: null };
        };
      };
      setReorderPoint: {
        name: 'setReorderPoint';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'StockPayload'; ofType: null };
        };
      };
      setRoles: {
        name: 'setRoles';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'UserPayload'; ofType: null };
        };
      };
      setSoldOut: {
        name: 'setSoldOut';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'MenuItemPayload'; ofType: null };
        };
      };
      signIn: {
        name: 'signIn';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'SessionPayload'; ofType: null };
        };
      };
      signOut: {
        name: 'signOut';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'SignOutPayload'; ofType: null };
        };
      };
      signOutEverywhere: {
        name: 'signOutEverywhere';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'SignOutPayload'; ofType: null };
        };
      };
      signUp: {
        name: 'signUp';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'SessionPayload'; ofType: null };
        };
      };
      startPreparing: {
        name: 'startPreparing';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'OrderPayload'; ofType: null };
        };
      };
      transferFunds: {
        name: 'transferFunds';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'WalletPayload'; ofType: null };
        };
      };
      updateCafe: {
        name: 'updateCafe';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'CafePayload'; ofType: null };
        };
      };
      updateProduct: {
        name: 'updateProduct';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'ProductPayload'; ofType: null };
        };
      };
      updateProfile: {
        name: 'updateProfile';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'UserPayload'; ofType: null };
        };
      };
      withdrawFunds: {
        name: 'withdrawFunds';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'WalletPayload'; ofType: null };
        };
      };
    };
  };
  Notification: {
    kind: 'OBJECT';
    name: 'Notification';
    fields: {
      body: {
        name: 'body';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'String'; ofType: null };
        };
      };
      createdAt: {
        name: 'createdAt';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'DateTime'; ofType: null };
        };
      };
      deliveries: {
        name: 'deliveries';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: {
            kind: 'LIST';
            name: never;
            ofType: {
              kind: 'NON_NULL';
              name: never;
              ofType: { kind: 'OBJECT'; name: 'Delivery'; ofType: null };
            };
          };
        };
      };
      id: {
        name: 'id';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'ID'; ofType: null };
        };
      };
      kind: {
        name: 'kind';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'ENUM'; name: 'NotificationKind'; ofType: null };
        };
      };
      order: { name: 'order'; type: { kind: 'OBJECT'; name: 'Order'; ofType: null } };
      readAt: { name: 'readAt'; type: { kind: 'SCALAR'; name: 'DateTime'; ofType: null } };
      title: {
        name: 'title';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'String'; ofType: null };
        };
      };
    };
  };
  NotificationConnection: {
    kind: 'OBJECT';
    name: 'NotificationConnection';
    fields: {
      edges: {
        name: 'edges';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: {
            kind: 'LIST';
            name: never;
            ofType: {
              kind: 'NON_NULL';
              name: never;
              ofType: { kind: 'OBJECT'; name: 'NotificationEdge'; ofType: null };
            };
          };
        };
      };
      nodes: {
        name: 'nodes';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: {
            kind: 'LIST';
            name: never;
            ofType: {
              kind: 'NON_NULL';
              name: never;
              ofType: { kind: 'OBJECT'; name: 'Notification'; ofType: null };
            };
          };
        };
      };
      pageInfo: {
        name: 'pageInfo';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'PageInfo'; ofType: null };
        };
      };
    };
  };
  NotificationEdge: {
    kind: 'OBJECT';
    name: 'NotificationEdge';
    fields: {
      cursor: {
        name: 'cursor';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'String'; ofType: null };
        };
      };
      node: {
        name: 'node';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'Notification'; ofType: null };
        };
      };
    };
  };
  NotificationKind: {
    name: 'NotificationKind';
    enumValues:
      | 'ORDER_CONFIRMED'
      | 'ORDER_READY'
      | 'ORDER_REJECTED'
      | 'ORDER_CANCELLED'
      | 'ORDER_REFUNDED'
      | 'WALLET_FUNDED'
      | 'TRANSFER_RECEIVED'
      | 'PASSWORD_RESET'
      | 'LOW_STOCK';
  };
  NotificationPreferencePayload: {
    kind: 'OBJECT';
    name: 'NotificationPreferencePayload';
    fields: {
      preferences: {
        name: 'preferences';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: {
            kind: 'LIST';
            name: never;
            ofType: {
              kind: 'NON_NULL';
              name: never;
              ofType: { kind: 'OBJECT'; name: 'ChannelPreference'; ofType: null };
            };
          };
        };
      };
      userErrors: {
        name: 'userErrors';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: {
            kind: 'LIST';
            name: never;
            ofType: {
              kind: 'NON_NULL';
              name: never;
              ofType: { kind: 'OBJECT'; name: 'UserError'; ofType: null };
            };
          };
        };
      };
    };
  };
  OpeningHours: {
    kind: 'OBJECT';
    name: 'OpeningHours';
    fields: {
      closes: {
        name: 'closes';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'LocalTime'; ofType: null };
        };
      };
      day: {
        name: 'day';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'ENUM'; name: 'Weekday'; ofType: null };
        };
      };
      opens: {
        name: 'opens';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'LocalTime'; ofType: null };
        };
      };
    };
  };
  OpeningHoursInput: {
    kind: 'INPUT_OBJECT';
    name: 'OpeningHoursInput';
    isOneOf: false;
    inputFields: [
      {
        name: 'day';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'ENUM'; name: 'Weekday'; ofType: null };
        };
        defaultValue: null;
      },
      {
        name: 'opens';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'LocalTime'; ofType: null };
        };
        defaultValue: null;
      },
      {
        name: 'closes';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'LocalTime'; ofType: null };
        };
        defaultValue: null;
      },
    ];
  };
  Option: {
    kind: 'OBJECT';
    name: 'Option';
    fields: {
      id: {
        name: 'id';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'ID'; ofType: null };
        };
      };
      isDefault: {
        name: 'isDefault';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'Boolean'; ofType: null };
        };
      };
      name: {
        name: 'name';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'String'; ofType: null };
        };
      };
      priceDelta: {
        name: 'priceDelta';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'Money'; ofType: null };
        };
      };
    };
  };
  OptionGroup: {
    kind: 'OBJECT';
    name: 'OptionGroup';
    fields: {
      id: {
        name: 'id';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'ID'; ofType: null };
        };
      };
      max: {
        name: 'max';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'Int'; ofType: null };
        };
      };
      min: {
        name: 'min';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'Int'; ofType: null };
        };
      };
      name: {
        name: 'name';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'String'; ofType: null };
        };
      };
      options: {
        name: 'options';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: {
            kind: 'LIST';
            name: never;
            ofType: {
              kind: 'NON_NULL';
              name: never;
              ofType: { kind: 'OBJECT'; name: 'Option'; ofType: null };
            };
          };
        };
      };
    };
  };
  OptionGroupInput: {
    kind: 'INPUT_OBJECT';
    name: 'OptionGroupInput';
    isOneOf: false;
    inputFields: [
      {
        name: 'name';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'String'; ofType: null };
        };
        defaultValue: null;
      },
      {
        name: 'min';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'Int'; ofType: null };
        };
        defaultValue: null;
      },
      {
        name: 'max';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'Int'; ofType: null };
        };
        defaultValue: null;
      },
      {
        name: 'options';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: {
            kind: 'LIST';
            name: never;
            ofType: {
              kind: 'NON_NULL';
              name: never;
              ofType: { kind: 'INPUT_OBJECT'; name: 'OptionInput'; ofType: null };
            };
          };
        };
        defaultValue: null;
      },
    ];
  };
  OptionInput: {
    kind: 'INPUT_OBJECT';
    name: 'OptionInput';
    isOneOf: false;
    inputFields: [
      {
        name: 'name';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'String'; ofType: null };
        };
        defaultValue: null;
      },
      {
        name: 'priceDelta';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'INPUT_OBJECT'; name: 'MoneyInput'; ofType: null };
        };
        defaultValue: null;
      },
      {
        name: 'isDefault';
        type: { kind: 'SCALAR'; name: 'Boolean'; ofType: null };
        defaultValue: null;
      },
    ];
  };
  Order: {
    kind: 'OBJECT';
    name: 'Order';
    fields: {
      cafe: { name: 'cafe'; type: { kind: 'OBJECT'; name: 'Cafe'; ofType: null } };
      canBeCancelled: {
        name: 'canBeCancelled';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'Boolean'; ofType: null };
        };
      };
      closedReason: {
        name: 'closedReason';
        type: { kind: 'ENUM'; name: 'OrderClosedReason'; ofType: null };
      };
      customer: { name: 'customer'; type: { kind: 'OBJECT'; name: 'User'; ofType: null } };
      estimatedReadyAt: {
        name: 'estimatedReadyAt';
        type: { kind: 'SCALAR'; name: 'DateTime'; ofType: null };
      };
      id: {
        name: 'id';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'ID'; ofType: null };
        };
      };
      lines: {
        name: 'lines';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: {
            kind: 'LIST';
            name: never;
            ofType: {
              kind: 'NON_NULL';
              name: never;
              ofType: { kind: 'OBJECT'; name: 'OrderLine'; ofType: null };
            };
          };
        };
      };
      note: { name: 'note'; type: { kind: 'SCALAR'; name: 'String'; ofType: null } };
      number: {
        name: 'number';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'String'; ofType: null };
        };
      };
      pickupAt: { name: 'pickupAt'; type: { kind: 'SCALAR'; name: 'DateTime'; ofType: null } };
      placedAt: {
        name: 'placedAt';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'DateTime'; ofType: null };
        };
      };
      refunded: {
        name: 'refunded';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'Money'; ofType: null };
        };
      };
      status: {
        name: 'status';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'ENUM'; name: 'OrderStatus'; ofType: null };
        };
      };
      subtotal: {
        name: 'subtotal';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'Money'; ofType: null };
        };
      };
      tax: {
        name: 'tax';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'Money'; ofType: null };
        };
      };
      timeline: {
        name: 'timeline';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: {
            kind: 'LIST';
            name: never;
            ofType: {
              kind: 'NON_NULL';
              name: never;
              ofType: { kind: 'OBJECT'; name: 'OrderTimelineEntry'; ofType: null };
            };
          };
        };
      };
      tip: {
        name: 'tip';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'Money'; ofType: null };
        };
      };
      total: {
        name: 'total';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'Money'; ofType: null };
        };
      };
      version: {
        name: 'version';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'Int'; ofType: null };
        };
      };
    };
  };
  OrderActionInput: {
    kind: 'INPUT_OBJECT';
    name: 'OrderActionInput';
    isOneOf: false;
    inputFields: [
      {
        name: 'orderId';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'ID'; ofType: null };
        };
        defaultValue: null;
      },
      {
        name: 'expectedVersion';
        type: { kind: 'SCALAR'; name: 'Int'; ofType: null };
        defaultValue: null;
      },
      {
        name: 'reason';
        type: { kind: 'SCALAR'; name: 'String'; ofType: null };
        defaultValue: null;
      },
    ];
  };
  OrderClosedReason: {
    name: 'OrderClosedReason';
    enumValues:
      | 'OUT_OF_STOCK'
      | 'INSUFFICIENT_FUNDS'
      | 'CAFE_CLOSED'
      | 'CANCELLED_BY_CUSTOMER'
      | 'CANCELLED_BY_CAFE'
      | 'TIMED_OUT'
      | 'NOT_COLLECTED';
  };
  OrderConnection: {
    kind: 'OBJECT';
    name: 'OrderConnection';
    fields: {
      edges: {
        name: 'edges';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: {
            kind: 'LIST';
            name: never;
            ofType: {
              kind: 'NON_NULL';
              name: never;
              ofType: { kind: 'OBJECT'; name: 'OrderEdge'; ofType: null };
            };
          };
        };
      };
      nodes: {
        name: 'nodes';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: {
            kind: 'LIST';
            name: never;
            ofType: {
              kind: 'NON_NULL';
              name: never;
              ofType: { kind: 'OBJECT'; name: 'Order'; ofType: null };
            };
          };
        };
      };
      pageInfo: {
        name: 'pageInfo';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'PageInfo'; ofType: null };
        };
      };
    };
  };
  OrderEdge: {
    kind: 'OBJECT';
    name: 'OrderEdge';
    fields: {
      cursor: {
        name: 'cursor';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'String'; ofType: null };
        };
      };
      node: {
        name: 'node';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'Order'; ofType: null };
        };
      };
    };
  };
  OrderInput: {
    kind: 'INPUT_OBJECT';
    name: 'OrderInput';
    isOneOf: false;
    inputFields: [
      {
        name: 'cafeId';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'ID'; ofType: null };
        };
        defaultValue: null;
      },
      {
        name: 'lines';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: {
            kind: 'LIST';
            name: never;
            ofType: {
              kind: 'NON_NULL';
              name: never;
              ofType: { kind: 'INPUT_OBJECT'; name: 'OrderLineInput'; ofType: null };
            };
          };
        };
        defaultValue: null;
      },
      {
        name: 'tip';
        type: { kind: 'INPUT_OBJECT'; name: 'MoneyInput'; ofType: null };
        defaultValue: null;
      },
      {
        name: 'pickupAt';
        type: { kind: 'SCALAR'; name: 'DateTime'; ofType: null };
        defaultValue: null;
      },
      { name: 'note'; type: { kind: 'SCALAR'; name: 'String'; ofType: null }; defaultValue: null },
    ];
  };
  OrderLine: {
    kind: 'OBJECT';
    name: 'OrderLine';
    fields: {
      id: {
        name: 'id';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'ID'; ofType: null };
        };
      };
      note: { name: 'note'; type: { kind: 'SCALAR'; name: 'String'; ofType: null } };
      options: {
        name: 'options';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: {
            kind: 'LIST';
            name: never;
            ofType: {
              kind: 'NON_NULL';
              name: never;
              ofType: { kind: 'OBJECT'; name: 'OrderLineOption'; ofType: null };
            };
          };
        };
      };
      product: { name: 'product'; type: { kind: 'OBJECT'; name: 'Product'; ofType: null } };
      productName: {
        name: 'productName';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'String'; ofType: null };
        };
      };
      quantity: {
        name: 'quantity';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'Int'; ofType: null };
        };
      };
      total: {
        name: 'total';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'Money'; ofType: null };
        };
      };
      unitPrice: {
        name: 'unitPrice';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'Money'; ofType: null };
        };
      };
    };
  };
  OrderLineInput: {
    kind: 'INPUT_OBJECT';
    name: 'OrderLineInput';
    isOneOf: false;
    inputFields: [
      {
        name: 'productId';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'ID'; ofType: null };
        };
        defaultValue: null;
      },
      {
        name: 'quantity';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'Int'; ofType: null };
        };
        defaultValue: null;
      },
      {
        name: 'optionIds';
        type: {
          kind: 'LIST';
          name: never;
          ofType: {
            kind: 'NON_NULL';
            name: never;
            ofType: { kind: 'SCALAR'; name: 'ID'; ofType: null };
          };
        };
        defaultValue: null;
      },
      { name: 'note'; type: { kind: 'SCALAR'; name: 'String'; ofType: null }; defaultValue: null },
    ];
  };
  OrderLineOption: {
    kind: 'OBJECT';
    name: 'OrderLineOption';
    fields: {
      name: {
        name: 'name';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'String'; ofType: null };
        };
      };
      optionId: {
        name: 'optionId';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'ID'; ofType: null };
        };
      };
      priceDelta: {
        name: 'priceDelta';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'Money'; ofType: null };
        };
      };
    };
  };
  OrderPayload: {
    kind: 'OBJECT';
    name: 'OrderPayload';
    fields: {
      order: { name: 'order'; type: { kind: 'OBJECT'; name: 'Order'; ofType: null } };
      userErrors: {
        name: 'userErrors';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: {
            kind: 'LIST';
            name: never;
            ofType: {
              kind: 'NON_NULL';
              name: never;
              ofType: { kind: 'OBJECT'; name: 'UserError'; ofType: null };
            };
          };
        };
      };
    };
  };
  OrderQuote: {
    kind: 'OBJECT';
    name: 'OrderQuote';
    fields: {
      estimatedReadyAt: {
        name: 'estimatedReadyAt';
        type: { kind: 'SCALAR'; name: 'DateTime'; ofType: null };
      };
      lines: {
        name: 'lines';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: {
            kind: 'LIST';
            name: never;
            ofType: {
              kind: 'NON_NULL';
              name: never;
              ofType: { kind: 'OBJECT'; name: 'OrderQuoteLine'; ofType: null };
            };
          };
        };
      };
      subtotal: {
        name: 'subtotal';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'Money'; ofType: null };
        };
      };
      tax: {
        name: 'tax';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'Money'; ofType: null };
        };
      };
      tip: {
        name: 'tip';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'Money'; ofType: null };
        };
      };
      total: {
        name: 'total';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'Money'; ofType: null };
        };
      };
      userErrors: {
        name: 'userErrors';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: {
            kind: 'LIST';
            name: never;
            ofType: {
              kind: 'NON_NULL';
              name: never;
              ofType: { kind: 'OBJECT'; name: 'UserError'; ofType: null };
            };
          };
        };
      };
    };
  };
  OrderQuoteLine: {
    kind: 'OBJECT';
    name: 'OrderQuoteLine';
    fields: {
      product: { name: 'product'; type: { kind: 'OBJECT'; name: 'Product'; ofType: null } };
      quantity: {
        name: 'quantity';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'Int'; ofType: null };
        };
      };
      total: {
        name: 'total';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'Money'; ofType: null };
        };
      };
      unitPrice: {
        name: 'unitPrice';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'Money'; ofType: null };
        };
      };
    };
  };
  OrderStatus: {
    name: 'OrderStatus';
    enumValues:
      | 'PLACED'
      | 'RESERVED'
      | 'CONFIRMED'
      | 'PREPARING'
      | 'READY'
      | 'COLLECTED'
      | 'REJECTED'
      | 'CANCELLED';
  };
  OrderStatusChange: {
    kind: 'OBJECT';
    name: 'OrderStatusChange';
    fields: {
      at: {
        name: 'at';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'DateTime'; ofType: null };
        };
      };
      eventId: {
        name: 'eventId';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'String'; ofType: null };
        };
      };
      order: {
        name: 'order';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'Order'; ofType: null };
        };
      };
      previousStatus: {
        name: 'previousStatus';
        type: { kind: 'ENUM'; name: 'OrderStatus'; ofType: null };
      };
      status: {
        name: 'status';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'ENUM'; name: 'OrderStatus'; ofType: null };
        };
      };
    };
  };
  OrderTimelineEntry: {
    kind: 'OBJECT';
    name: 'OrderTimelineEntry';
    fields: {
      actor: { name: 'actor'; type: { kind: 'OBJECT'; name: 'User'; ofType: null } };
      at: {
        name: 'at';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'DateTime'; ofType: null };
        };
      };
      reason: { name: 'reason'; type: { kind: 'SCALAR'; name: 'String'; ofType: null } };
      status: {
        name: 'status';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'ENUM'; name: 'OrderStatus'; ofType: null };
        };
      };
    };
  };
  PageInfo: {
    kind: 'OBJECT';
    name: 'PageInfo';
    fields: {
      endCursor: { name: 'endCursor'; type: { kind: 'SCALAR'; name: 'String'; ofType: null } };
      hasNextPage: {
        name: 'hasNextPage';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'Boolean'; ofType: null };
        };
      };
      hasPreviousPage: {
        name: 'hasPreviousPage';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'Boolean'; ofType: null };
        };
      };
      startCursor: { name: 'startCursor'; type: { kind: 'SCALAR'; name: 'String'; ofType: null } };
    };
  };
  PickupSlot: {
    kind: 'OBJECT';
    name: 'PickupSlot';
    fields: {
      endsAt: {
        name: 'endsAt';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'DateTime'; ofType: null };
        };
      };
      remaining: {
        name: 'remaining';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'Int'; ofType: null };
        };
      };
      startsAt: {
        name: 'startsAt';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'DateTime'; ofType: null };
        };
      };
    };
  };
  PlaceOrderInput: {
    kind: 'INPUT_OBJECT';
    name: 'PlaceOrderInput';
    isOneOf: false;
    inputFields: [
      {
        name: 'idempotencyKey';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'String'; ofType: null };
        };
        defaultValue: null;
      },
      {
        name: 'order';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'INPUT_OBJECT'; name: 'OrderInput'; ofType: null };
        };
        defaultValue: null;
      },
      {
        name: 'expectedTotal';
        type: { kind: 'INPUT_OBJECT'; name: 'MoneyInput'; ofType: null };
        defaultValue: null;
      },
    ];
  };
  Product: {
    kind: 'OBJECT';
    name: 'Product';
    fields: {
      allergens: {
        name: 'allergens';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: {
            kind: 'LIST';
            name: never;
            ofType: {
              kind: 'NON_NULL';
              name: never;
              ofType: { kind: 'SCALAR'; name: 'String'; ofType: null };
            };
          };
        };
      };
      archived: {
        name: 'archived';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'Boolean'; ofType: null };
        };
      };
      availability: {
        name: 'availability';
        type: { kind: 'OBJECT'; name: 'ProductAvailability'; ofType: null };
      };
      category: {
        name: 'category';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'Category'; ofType: null };
        };
      };
      description: { name: 'description'; type: { kind: 'SCALAR'; name: 'String'; ofType: null } };
      id: {
        name: 'id';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'ID'; ofType: null };
        };
      };
      imageUrl: { name: 'imageUrl'; type: { kind: 'SCALAR'; name: 'String'; ofType: null } };
      name: {
        name: 'name';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'String'; ofType: null };
        };
      };
      optionGroups: {
        name: 'optionGroups';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: {
            kind: 'LIST';
            name: never;
            ofType: {
              kind: 'NON_NULL';
              name: never;
              ofType: { kind: 'OBJECT'; name: 'OptionGroup'; ofType: null };
            };
          };
        };
      };
      price: {
        name: 'price';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'Money'; ofType: null };
        };
      };
      recipe: {
        name: 'recipe';
        type: {
          kind: 'LIST';
          name: never;
          ofType: {
            kind: 'NON_NULL';
            name: never;
            ofType: { kind: 'OBJECT'; name: 'RecipeItem'; ofType: null };
          };
        };
      };
      sku: {
        name: 'sku';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'String'; ofType: null };
        };
      };
    };
  };
  ProductAvailability: {
    kind: 'OBJECT';
    name: 'ProductAvailability';
    fields: {
      available: {
        name: 'available';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'Boolean'; ofType: null };
        };
      };
      portionsLeft: { name: 'portionsLeft'; type: { kind: 'SCALAR'; name: 'Int'; ofType: null } };
    };
  };
  ProductConnection: {
    kind: 'OBJECT';
    name: 'ProductConnection';
    fields: {
      edges: {
        name: 'edges';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: {
            kind: 'LIST';
            name: never;
            ofType: {
              kind: 'NON_NULL';
              name: never;
              ofType: { kind: 'OBJECT'; name: 'ProductEdge'; ofType: null };
            };
          };
        };
      };
      nodes: {
        name: 'nodes';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: {
            kind: 'LIST';
            name: never;
            ofType: {
              kind: 'NON_NULL';
              name: never;
              ofType: { kind: 'OBJECT'; name: 'Product'; ofType: null };
            };
          };
        };
      };
      pageInfo: {
        name: 'pageInfo';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'PageInfo'; ofType: null };
        };
      };
      totalCount: {
        name: 'totalCount';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'Int'; ofType: null };
        };
      };
    };
  };
  ProductEdge: {
    kind: 'OBJECT';
    name: 'ProductEdge';
    fields: {
      cursor: {
        name: 'cursor';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'String'; ofType: null };
        };
      };
      node: {
        name: 'node';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'Product'; ofType: null };
        };
      };
    };
  };
  ProductInput: {
    kind: 'INPUT_OBJECT';
    name: 'ProductInput';
    isOneOf: false;
    inputFields: [
      {
        name: 'sku';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'String'; ofType: null };
        };
        defaultValue: null;
      },
      {
        name: 'name';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'String'; ofType: null };
        };
        defaultValue: null;
      },
      {
        name: 'description';
        type: { kind: 'SCALAR'; name: 'String'; ofType: null };
        defaultValue: null;
      },
      {
        name: 'categoryId';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'ID'; ofType: null };
        };
        defaultValue: null;
      },
      {
        name: 'price';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'INPUT_OBJECT'; name: 'MoneyInput'; ofType: null };
        };
        defaultValue: null;
      },
      {
        name: 'optionGroups';
        type: {
          kind: 'LIST';
          name: never;
          ofType: {
            kind: 'NON_NULL';
            name: never;
            ofType: { kind: 'INPUT_OBJECT'; name: 'OptionGroupInput'; ofType: null };
          };
        };
        defaultValue: null;
      },
      {
        name: 'imageUrl';
        type: { kind: 'SCALAR'; name: 'String'; ofType: null };
        defaultValue: null;
      },
      {
        name: 'allergens';
        type: {
          kind: 'LIST';
          name: never;
          ofType: {
            kind: 'NON_NULL';
            name: never;
            ofType: { kind: 'SCALAR'; name: 'String'; ofType: null };
          };
        };
        defaultValue: null;
      },
    ];
  };
  ProductPayload: {
    kind: 'OBJECT';
    name: 'ProductPayload';
    fields: {
      product: { name: 'product'; type: { kind: 'OBJECT'; name: 'Product'; ofType: null } };
      userErrors: {
        name: 'userErrors';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: {
            kind: 'LIST';
            name: never;
            ofType: {
              kind: 'NON_NULL';
              name: never;
              ofType: { kind: 'OBJECT'; name: 'UserError'; ofType: null };
            };
          };
        };
      };
    };
  };
  ProductSales: {
    kind: 'OBJECT';
    name: 'ProductSales';
    fields: {
      category: {
        name: 'category';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'String'; ofType: null };
        };
      };
      items: {
        name: 'items';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'Int'; ofType: null };
        };
      };
      product: { name: 'product'; type: { kind: 'OBJECT'; name: 'Product'; ofType: null } };
      productName: {
        name: 'productName';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'String'; ofType: null };
        };
      };
      revenue: {
        name: 'revenue';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'Money'; ofType: null };
        };
      };
    };
  };
  Query: {
    kind: 'OBJECT';
    name: 'Query';
    fields: {
      auditLog: {
        name: 'auditLog';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'AuditEntryConnection'; ofType: null };
        };
      };
      cafe: { name: 'cafe'; type: { kind: 'OBJECT'; name: 'Cafe'; ofType: null } };
      cafeBySlug: { name: 'cafeBySlug'; type: { kind: 'OBJECT'; name: 'Cafe'; ofType: null } };
      cafes: {
        name: 'cafes';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'CafeConnection'; ofType: null };
        };
      };
      categories: {
        name: 'categories';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: {
            kind: 'LIST';
            name: never;
            ofType: {
              kind: 'NON_NULL';
              name: never;
              ofType: { kind: 'OBJECT'; name: 'Category'; ofType: null };
            };
          };
        };
      };
      ingredients: {
        name: 'ingredients';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: {
            kind: 'LIST';
            name: never;
            ofType: {
              kind: 'NON_NULL';
              name: never;
              ofType: { kind: 'OBJECT'; name: 'Ingredient'; ofType: null };
            };
          };
        };
      };
      me: { name: 'me'; type: { kind: 'OBJECT'; name: 'User'; ofType: null } };
      menu: { name: 'menu'; type: { kind: 'OBJECT'; name: 'Menu'; ofType: null } };
      notification: {
        name: 'notification';
        type: { kind: 'OBJECT'; name: 'Notification'; ofType: null };
      };
      order: { name: 'order'; type: { kind: 'OBJECT'; name: 'Order'; ofType: null } };
      orders: {
        name: 'orders';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'OrderConnection'; ofType: null };
        };
      };
      product: { name: 'product'; type: { kind: 'OBJECT'; name: 'Product'; ofType: null } };
      products: {
        name: 'products';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'ProductConnection'; ofType: null };
        };
      };
      quoteOrder: {
        name: 'quoteOrder';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'OrderQuote'; ofType: null };
        };
      };
      salesByCafe: {
        name: 'salesByCafe';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: {
            kind: 'LIST';
            name: never;
            ofType: {
              kind: 'NON_NULL';
              name: never;
              ofType: { kind: 'OBJECT'; name: 'CafeSales'; ofType: null };
            };
          };
        };
      };
      salesByCategory: {
        name: 'salesByCategory';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: {
            kind: 'LIST';
            name: never;
            ofType: {
              kind: 'NON_NULL';
              name: never;
              ofType: { kind: 'OBJECT'; name: 'CategorySales'; ofType: null };
            };
          };
        };
      };
      salesByHourOfDay: {
        name: 'salesByHourOfDay';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: {
            kind: 'LIST';
            name: never;
            ofType: {
              kind: 'NON_NULL';
              name: never;
              ofType: { kind: 'OBJECT'; name: 'HourOfDaySales'; ofType: null };
            };
          };
        };
      };
      salesSeries: {
        name: 'salesSeries';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: {
            kind: 'LIST';
            name: never;
            ofType: {
              kind: 'NON_NULL';
              name: never;
              ofType: { kind: 'OBJECT'; name: 'SalesPoint'; ofType: null };
            };
          };
        };
      };
      salesSummary: {
        name: 'salesSummary';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'SalesSummary'; ofType: null };
        };
      };
      stockMovements: {
        name: 'stockMovements';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'StockMovementConnection'; ofType: null };
        };
      };
      topProducts: {
        name: 'topProducts';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: {
            kind: 'LIST';
            name: never;
            ofType: {
              kind: 'NON_NULL';
              name: never;
              ofType: { kind: 'OBJECT'; name: 'ProductSales'; ofType: null };
            };
          };
        };
      };
      user: { name: 'user'; type: { kind: 'OBJECT'; name: 'User'; ofType: null } };
      users: {
        name: 'users';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'UserConnection'; ofType: null };
        };
      };
      wallet: { name: 'wallet'; type: { kind: 'OBJECT'; name: 'Wallet'; ofType: null } };
    };
  };
  RecipeItem: {
    kind: 'OBJECT';
    name: 'RecipeItem';
    fields: {
      ingredient: {
        name: 'ingredient';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'Ingredient'; ofType: null };
        };
      };
      optionId: { name: 'optionId'; type: { kind: 'SCALAR'; name: 'ID'; ofType: null } };
      quantity: {
        name: 'quantity';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'Decimal'; ofType: null };
        };
      };
    };
  };
  RecipeItemInput: {
    kind: 'INPUT_OBJECT';
    name: 'RecipeItemInput';
    isOneOf: false;
    inputFields: [
      {
        name: 'ingredientId';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'ID'; ofType: null };
        };
        defaultValue: null;
      },
      {
        name: 'quantity';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'Decimal'; ofType: null };
        };
        defaultValue: null;
      },
      { name: 'optionId'; type: { kind: 'SCALAR'; name: 'ID'; ofType: null }; defaultValue: null },
    ];
  };
  RecipePayload: {
    kind: 'OBJECT';
    name: 'RecipePayload';
    fields: {
      recipe: {
        name: 'recipe';
        type: {
          kind: 'LIST';
          name: never;
          ofType: {
            kind: 'NON_NULL';
            name: never;
            ofType: { kind: 'OBJECT'; name: 'RecipeItem'; ofType: null };
          };
        };
      };
      userErrors: {
        name: 'userErrors';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: {
            kind: 'LIST';
            name: never;
            ofType: {
              kind: 'NON_NULL';
              name: never;
              ofType: { kind: 'OBJECT'; name: 'UserError'; ofType: null };
            };
          };
        };
      };
    };
  };
  RefundOrderInput: {
    kind: 'INPUT_OBJECT';
    name: 'RefundOrderInput';
    isOneOf: false;
    inputFields: [
      {
        name: 'idempotencyKey';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'String'; ofType: null };
        };
        defaultValue: null;
      },
      {
        name: 'orderId';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'ID'; ofType: null };
        };
        defaultValue: null;
      },
      {
        name: 'lineIds';
        type: {
          kind: 'LIST';
          name: never;
          ofType: {
            kind: 'NON_NULL';
            name: never;
            ofType: { kind: 'SCALAR'; name: 'ID'; ofType: null };
          };
        };
        defaultValue: null;
      },
      {
        name: 'amount';
        type: { kind: 'INPUT_OBJECT'; name: 'MoneyInput'; ofType: null };
        defaultValue: null;
      },
      {
        name: 'reason';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'String'; ofType: null };
        };
        defaultValue: null;
      },
    ];
  };
  RequestPasswordResetInput: {
    kind: 'INPUT_OBJECT';
    name: 'RequestPasswordResetInput';
    isOneOf: false;
    inputFields: [
      {
        name: 'email';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'String'; ofType: null };
        };
        defaultValue: null;
      },
    ];
  };
  RequestPasswordResetPayload: {
    kind: 'OBJECT';
    name: 'RequestPasswordResetPayload';
    fields: {
      accepted: {
        name: 'accepted';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'Boolean'; ofType: null };
        };
      };
    };
  };
  ResetPasswordInput: {
    kind: 'INPUT_OBJECT';
    name: 'ResetPasswordInput';
    isOneOf: false;
    inputFields: [
      {
        name: 'email';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'String'; ofType: null };
        };
        defaultValue: null;
      },
      {
        name: 'code';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'String'; ofType: null };
        };
        defaultValue: null;
      },
      {
        name: 'newPassword';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'String'; ofType: null };
        };
        defaultValue: null;
      },
    ];
  };
  ResetPasswordPayload: {
    kind: 'OBJECT';
    name: 'ResetPasswordPayload';
    fields: {
      success: {
        name: 'success';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'Boolean'; ofType: null };
        };
      };
      userErrors: {
        name: 'userErrors';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: {
            kind: 'LIST';
            name: never;
            ofType: {
              kind: 'NON_NULL';
              name: never;
              ofType: { kind: 'OBJECT'; name: 'UserError'; ofType: null };
            };
          };
        };
      };
    };
  };
  Role: { name: 'Role'; enumValues: 'CUSTOMER' | 'BARISTA' | 'MANAGER' | 'ADMIN' };
  SalesFilter: {
    kind: 'INPUT_OBJECT';
    name: 'SalesFilter';
    isOneOf: false;
    inputFields: [
      {
        name: 'from';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'Date'; ofType: null };
        };
        defaultValue: null;
      },
      {
        name: 'to';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'Date'; ofType: null };
        };
        defaultValue: null;
      },
      { name: 'cafeId'; type: { kind: 'SCALAR'; name: 'ID'; ofType: null }; defaultValue: null },
    ];
  };
  SalesInterval: { name: 'SalesInterval'; enumValues: 'HOUR' | 'DAY' | 'WEEK' | 'MONTH' };
  SalesPoint: {
    kind: 'OBJECT';
    name: 'SalesPoint';
    fields: {
      items: {
        name: 'items';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'Int'; ofType: null };
        };
      };
      orders: {
        name: 'orders';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'Int'; ofType: null };
        };
      };
      revenue: {
        name: 'revenue';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'Money'; ofType: null };
        };
      };
      startsAt: {
        name: 'startsAt';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'DateTime'; ofType: null };
        };
      };
    };
  };
  SalesSummary: {
    kind: 'OBJECT';
    name: 'SalesSummary';
    fields: {
      averageOrder: {
        name: 'averageOrder';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'Money'; ofType: null };
        };
      };
      customers: {
        name: 'customers';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'Int'; ofType: null };
        };
      };
      items: {
        name: 'items';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'Int'; ofType: null };
        };
      };
      medianPreparationSeconds: {
        name: 'medianPreparationSeconds';
        type: { kind: 'SCALAR'; name: 'Int'; ofType: null };
      };
      orders: {
        name: 'orders';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'Int'; ofType: null };
        };
      };
      p90PreparationSeconds: {
        name: 'p90PreparationSeconds';
        type: { kind: 'SCALAR'; name: 'Int'; ofType: null };
      };
      refunds: {
        name: 'refunds';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'Money'; ofType: null };
        };
      };
      revenue: {
        name: 'revenue';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'Money'; ofType: null };
        };
      };
    };
  };
  Session: {
    kind: 'OBJECT';
    name: 'Session';
    fields: {
      createdAt: {
        name: 'createdAt';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'DateTime'; ofType: null };
        };
      };
      current: {
        name: 'current';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'Boolean'; ofType: null };
        };
      };
      expiresAt: {
        name: 'expiresAt';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'DateTime'; ofType: null };
        };
      };
      id: {
        name: 'id';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'ID'; ofType: null };
        };
      };
      lastUsedAt: {
        name: 'lastUsedAt';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'DateTime'; ofType: null };
        };
      };
      userAgent: { name: 'userAgent'; type: { kind: 'SCALAR'; name: 'String'; ofType: null } };
    };
  };
  SessionPayload: {
    kind: 'OBJECT';
    name: 'SessionPayload';
    fields: {
      accessToken: { name: 'accessToken'; type: { kind: 'SCALAR'; name: 'String'; ofType: null } };
      expiresAt: { name: 'expiresAt'; type: { kind: 'SCALAR'; name: 'DateTime'; ofType: null } };
      refreshToken: {
        name: 'refreshToken';
        type: { kind: 'SCALAR'; name: 'String'; ofType: null };
      };
      user: { name: 'user'; type: { kind: 'OBJECT'; name: 'User'; ofType: null } };
      userErrors: {
        name: 'userErrors';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: {
            kind: 'LIST';
            name: never;
            ofType: {
              kind: 'NON_NULL';
              name: never;
              ofType: { kind: 'OBJECT'; name: 'UserError'; ofType: null };
            };
          };
        };
      };
    };
  };
  SetRolesInput: {
    kind: 'INPUT_OBJECT';
    name: 'SetRolesInput';
    isOneOf: false;
    inputFields: [
      {
        name: 'userId';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'ID'; ofType: null };
        };
        defaultValue: null;
      },
      {
        name: 'roles';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: {
            kind: 'LIST';
            name: never;
            ofType: {
              kind: 'NON_NULL';
              name: never;
              ofType: { kind: 'ENUM'; name: 'Role'; ofType: null };
            };
          };
        };
        defaultValue: null;
      },
      {
        name: 'cafeIds';
        type: {
          kind: 'LIST';
          name: never;
          ofType: {
            kind: 'NON_NULL';
            name: never;
            ofType: { kind: 'SCALAR'; name: 'ID'; ofType: null };
          };
        };
        defaultValue: null;
      },
    ];
  };
  SignInInput: {
    kind: 'INPUT_OBJECT';
    name: 'SignInInput';
    isOneOf: false;
    inputFields: [
      {
        name: 'email';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'String'; ofType: null };
        };
        defaultValue: null;
      },
      {
        name: 'password';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'String'; ofType: null };
        };
        defaultValue: null;
      },
    ];
  };
  SignOutPayload: {
    kind: 'OBJECT';
    name: 'SignOutPayload';
    fields: {
      success: {
        name: 'success';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'Boolean'; ofType: null };
        };
      };
    };
  };
  SignUpInput: {
    kind: 'INPUT_OBJECT';
    name: 'SignUpInput';
    isOneOf: false;
    inputFields: [
      {
        name: 'email';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'String'; ofType: null };
        };
        defaultValue: null;
      },
      {
        name: 'password';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'String'; ofType: null };
        };
        defaultValue: null;
      },
      {
        name: 'name';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'String'; ofType: null };
        };
        defaultValue: null;
      },
      { name: 'phone'; type: { kind: 'SCALAR'; name: 'String'; ofType: null }; defaultValue: null },
    ];
  };
  SpecialHours: {
    kind: 'OBJECT';
    name: 'SpecialHours';
    fields: {
      closes: { name: 'closes'; type: { kind: 'SCALAR'; name: 'LocalTime'; ofType: null } };
      date: {
        name: 'date';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'Date'; ofType: null };
        };
      };
      opens: { name: 'opens'; type: { kind: 'SCALAR'; name: 'LocalTime'; ofType: null } };
      reason: { name: 'reason'; type: { kind: 'SCALAR'; name: 'String'; ofType: null } };
    };
  };
  SpecialHoursInput: {
    kind: 'INPUT_OBJECT';
    name: 'SpecialHoursInput';
    isOneOf: false;
    inputFields: [
      {
        name: 'date';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'Date'; ofType: null };
        };
        defaultValue: null;
      },
      {
        name: 'opens';
        type: { kind: 'SCALAR'; name: 'LocalTime'; ofType: null };
        defaultValue: null;
      },
      {
        name: 'closes';
        type: { kind: 'SCALAR'; name: 'LocalTime'; ofType: null };
        defaultValue: null;
      },
      {
        name: 'reason';
        type: { kind: 'SCALAR'; name: 'String'; ofType: null };
        defaultValue: null;
      },
    ];
  };
  StockInput: {
    kind: 'INPUT_OBJECT';
    name: 'StockInput';
    isOneOf: false;
    inputFields: [
      {
        name: 'idempotencyKey';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'String'; ofType: null };
        };
        defaultValue: null;
      },
      {
        name: 'cafeId';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'ID'; ofType: null };
        };
        defaultValue: null;
      },
      {
        name: 'ingredientId';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'ID'; ofType: null };
        };
        defaultValue: null;
      },
      {
        name: 'quantity';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'Decimal'; ofType: null };
        };
        defaultValue: null;
      },
      {
        name: 'reason';
        type: { kind: 'SCALAR'; name: 'String'; ofType: null };
        defaultValue: null;
      },
    ];
  };
  StockLevel: {
    kind: 'OBJECT';
    name: 'StockLevel';
    fields: {
      available: {
        name: 'available';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'Decimal'; ofType: null };
        };
      };
      cafe: { name: 'cafe'; type: { kind: 'OBJECT'; name: 'Cafe'; ofType: null } };
      ingredient: {
        name: 'ingredient';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'Ingredient'; ofType: null };
        };
      };
      isLow: {
        name: 'isLow';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'Boolean'; ofType: null };
        };
      };
      onHand: {
        name: 'onHand';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'Decimal'; ofType: null };
        };
      };
      reorderPoint: {
        name: 'reorderPoint';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'Decimal'; ofType: null };
        };
      };
      reserved: {
        name: 'reserved';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'Decimal'; ofType: null };
        };
      };
      updatedAt: {
        name: 'updatedAt';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'DateTime'; ofType: null };
        };
      };
    };
  };
  StockMovement: {
    kind: 'OBJECT';
    name: 'StockMovement';
    fields: {
      actor: { name: 'actor'; type: { kind: 'OBJECT'; name: 'User'; ofType: null } };
      at: {
        name: 'at';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'DateTime'; ofType: null };
        };
      };
      cafe: { name: 'cafe'; type: { kind: 'OBJECT'; name: 'Cafe'; ofType: null } };
      id: {
        name: 'id';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'ID'; ofType: null };
        };
      };
      ingredient: {
        name: 'ingredient';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'Ingredient'; ofType: null };
        };
      };
      kind: {
        name: 'kind';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'ENUM'; name: 'StockMovementKind'; ofType: null };
        };
      };
      order: { name: 'order'; type: { kind: 'OBJECT'; name: 'Order'; ofType: null } };
      quantity: {
        name: 'quantity';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'Decimal'; ofType: null };
        };
      };
      reason: { name: 'reason'; type: { kind: 'SCALAR'; name: 'String'; ofType: null } };
    };
  };
  StockMovementConnection: {
    kind: 'OBJECT';
    name: 'StockMovementConnection';
    fields: {
      edges: {
        name: 'edges';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: {
            kind: 'LIST';
            name: never;
            ofType: {
              kind: 'NON_NULL';
              name: never;
              ofType: { kind: 'OBJECT'; name: 'StockMovementEdge'; ofType: null };
            };
          };
        };
      };
      nodes: {
        name: 'nodes';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: {
            kind: 'LIST';
            name: never;
            ofType: {
              kind: 'NON_NULL';
              name: never;
              ofType: { kind: 'OBJECT'; name: 'StockMovement'; ofType: null };
            };
          };
        };
      };
      pageInfo: {
        name: 'pageInfo';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'PageInfo'; ofType: null };
        };
      };
    };
  };
  StockMovementEdge: {
    kind: 'OBJECT';
    name: 'StockMovementEdge';
    fields: {
      cursor: {
        name: 'cursor';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'String'; ofType: null };
        };
      };
      node: {
        name: 'node';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'StockMovement'; ofType: null };
        };
      };
    };
  };
  StockMovementKind: {
    name: 'StockMovementKind';
    enumValues: 'RECEIVED' | 'CONSUMED' | 'WASTED' | 'ADJUSTED' | 'RETURNED';
  };
  StockPayload: {
    kind: 'OBJECT';
    name: 'StockPayload';
    fields: {
      stockLevel: {
        name: 'stockLevel';
        type: { kind: 'OBJECT'; name: 'StockLevel'; ofType: null };
      };
      userErrors: {
        name: 'userErrors';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: {
            kind: 'LIST';
            name: never;
            ofType: {
              kind: 'NON_NULL';
              name: never;
              ofType: { kind: 'OBJECT'; name: 'UserError'; ofType: null };
            };
          };
        };
      };
    };
  };
  String: unknown;
  Subscription: {
    kind: 'OBJECT';
    name: 'Subscription';
    fields: {
      cafeQueueChanged: {
        name: 'cafeQueueChanged';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'OrderStatusChange'; ofType: null };
        };
      };
      lowStock: {
        name: 'lowStock';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'StockLevel'; ofType: null };
        };
      };
      notificationReceived: {
        name: 'notificationReceived';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'Notification'; ofType: null };
        };
      };
      orderStatusChanged: {
        name: 'orderStatusChanged';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'OrderStatusChange'; ofType: null };
        };
      };
      salesTicker: {
        name: 'salesTicker';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'SalesPoint'; ofType: null };
        };
      };
      walletChanged: {
        name: 'walletChanged';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'Wallet'; ofType: null };
        };
      };
    };
  };
  TransferFundsInput: {
    kind: 'INPUT_OBJECT';
    name: 'TransferFundsInput';
    isOneOf: false;
    inputFields: [
      {
        name: 'idempotencyKey';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'String'; ofType: null };
        };
        defaultValue: null;
      },
      {
        name: 'amount';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'INPUT_OBJECT'; name: 'MoneyInput'; ofType: null };
        };
        defaultValue: null;
      },
      {
        name: 'toEmail';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'String'; ofType: null };
        };
        defaultValue: null;
      },
      { name: 'note'; type: { kind: 'SCALAR'; name: 'String'; ofType: null }; defaultValue: null },
    ];
  };
  Unit: { name: 'Unit'; enumValues: 'GRAM' | 'MILLILITRE' | 'PIECE' };
  UpdateCafeInput: {
    kind: 'INPUT_OBJECT';
    name: 'UpdateCafeInput';
    isOneOf: false;
    inputFields: [
      { name: 'name'; type: { kind: 'SCALAR'; name: 'String'; ofType: null }; defaultValue: null },
      { name: 'phone'; type: { kind: 'SCALAR'; name: 'String'; ofType: null }; defaultValue: null },
      {
        name: 'address';
        type: { kind: 'INPUT_OBJECT'; name: 'AddressInput'; ofType: null };
        defaultValue: null;
      },
      {
        name: 'location';
        type: { kind: 'INPUT_OBJECT'; name: 'GeoPointInput'; ofType: null };
        defaultValue: null;
      },
      {
        name: 'taxRate';
        type: { kind: 'SCALAR'; name: 'Decimal'; ofType: null };
        defaultValue: null;
      },
    ];
  };
  UpdateProductInput: {
    kind: 'INPUT_OBJECT';
    name: 'UpdateProductInput';
    isOneOf: false;
    inputFields: [
      { name: 'name'; type: { kind: 'SCALAR'; name: 'String'; ofType: null }; defaultValue: null },
      {
        name: 'description';
        type: { kind: 'SCALAR'; name: 'String'; ofType: null };
        defaultValue: null;
      },
      {
        name: 'categoryId';
        type: { kind: 'SCALAR'; name: 'ID'; ofType: null };
        defaultValue: null;
      },
      {
        name: 'price';
        type: { kind: 'INPUT_OBJECT'; name: 'MoneyInput'; ofType: null };
        defaultValue: null;
      },
      {
        name: 'optionGroups';
        type: {
          kind: 'LIST';
          name: never;
          ofType: {
            kind: 'NON_NULL';
            name: never;
            ofType: { kind: 'INPUT_OBJECT'; name: 'OptionGroupInput'; ofType: null };
          };
        };
        defaultValue: null;
      },
      {
        name: 'imageUrl';
        type: { kind: 'SCALAR'; name: 'String'; ofType: null };
        defaultValue: null;
      },
      {
        name: 'allergens';
        type: {
          kind: 'LIST';
          name: never;
          ofType: {
            kind: 'NON_NULL';
            name: never;
            ofType: { kind: 'SCALAR'; name: 'String'; ofType: null };
          };
        };
        defaultValue: null;
      },
    ];
  };
  UpdateProfileInput: {
    kind: 'INPUT_OBJECT';
    name: 'UpdateProfileInput';
    isOneOf: false;
    inputFields: [
      { name: 'name'; type: { kind: 'SCALAR'; name: 'String'; ofType: null }; defaultValue: null },
      { name: 'phone'; type: { kind: 'SCALAR'; name: 'String'; ofType: null }; defaultValue: null },
    ];
  };
  User: {
    kind: 'OBJECT';
    name: 'User';
    fields: {
      createdAt: { name: 'createdAt'; type: { kind: 'SCALAR'; name: 'DateTime'; ofType: null } };
      email: { name: 'email'; type: { kind: 'SCALAR'; name: 'String'; ofType: null } };
      id: {
        name: 'id';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'ID'; ofType: null };
        };
      };
      name: {
        name: 'name';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'String'; ofType: null };
        };
      };
      notificationPreferences: {
        name: 'notificationPreferences';
        type: {
          kind: 'LIST';
          name: never;
          ofType: {
            kind: 'NON_NULL';
            name: never;
            ofType: { kind: 'OBJECT'; name: 'ChannelPreference'; ofType: null };
          };
        };
      };
      notifications: {
        name: 'notifications';
        type: { kind: 'OBJECT'; name: 'NotificationConnection'; ofType: null };
      };
      orders: { name: 'orders'; type: { kind: 'OBJECT'; name: 'OrderConnection'; ofType: null } };
      phone: { name: 'phone'; type: { kind: 'SCALAR'; name: 'String'; ofType: null } };
      roles: {
        name: 'roles';
        type: {
          kind: 'LIST';
          name: never;
          ofType: {
            kind: 'NON_NULL';
            name: never;
            ofType: { kind: 'ENUM'; name: 'Role'; ofType: null };
          };
        };
      };
      sessions: {
        name: 'sessions';
        type: {
          kind: 'LIST';
          name: never;
          ofType: {
            kind: 'NON_NULL';
            name: never;
            ofType: { kind: 'OBJECT'; name: 'Session'; ofType: null };
          };
        };
      };
      unreadNotificationCount: {
        name: 'unreadNotificationCount';
        type: { kind: 'SCALAR'; name: 'Int'; ofType: null };
      };
      wallet: { name: 'wallet'; type: { kind: 'OBJECT'; name: 'Wallet'; ofType: null } };
      workplaces: {
        name: 'workplaces';
        type: {
          kind: 'LIST';
          name: never;
          ofType: {
            kind: 'NON_NULL';
            name: never;
            ofType: { kind: 'OBJECT'; name: 'Cafe'; ofType: null };
          };
        };
      };
    };
  };
  UserConnection: {
    kind: 'OBJECT';
    name: 'UserConnection';
    fields: {
      edges: {
        name: 'edges';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: {
            kind: 'LIST';
            name: never;
            ofType: {
              kind: 'NON_NULL';
              name: never;
              ofType: { kind: 'OBJECT'; name: 'UserEdge'; ofType: null };
            };
          };
        };
      };
      nodes: {
        name: 'nodes';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: {
            kind: 'LIST';
            name: never;
            ofType: {
              kind: 'NON_NULL';
              name: never;
              ofType: { kind: 'OBJECT'; name: 'User'; ofType: null };
            };
          };
        };
      };
      pageInfo: {
        name: 'pageInfo';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'PageInfo'; ofType: null };
        };
      };
      totalCount: {
        name: 'totalCount';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'Int'; ofType: null };
        };
      };
    };
  };
  UserEdge: {
    kind: 'OBJECT';
    name: 'UserEdge';
    fields: {
      cursor: {
        name: 'cursor';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'String'; ofType: null };
        };
      };
      node: {
        name: 'node';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'User'; ofType: null };
        };
      };
    };
  };
  UserError: {
    kind: 'OBJECT';
    name: 'UserError';
    fields: {
      code: {
        name: 'code';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'String'; ofType: null };
        };
      };
      field: {
        name: 'field';
        type: {
          kind: 'LIST';
          name: never;
          ofType: {
            kind: 'NON_NULL';
            name: never;
            ofType: { kind: 'SCALAR'; name: 'String'; ofType: null };
          };
        };
      };
      message: {
        name: 'message';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'String'; ofType: null };
        };
      };
    };
  };
  UserPayload: {
    kind: 'OBJECT';
    name: 'UserPayload';
    fields: {
      user: { name: 'user'; type: { kind: 'OBJECT'; name: 'User'; ofType: null } };
      userErrors: {
        name: 'userErrors';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: {
            kind: 'LIST';
            name: never;
            ofType: {
              kind: 'NON_NULL';
              name: never;
              ofType: { kind: 'OBJECT'; name: 'UserError'; ofType: null };
            };
          };
        };
      };
    };
  };
  Wallet: {
    kind: 'OBJECT';
    name: 'Wallet';
    fields: {
      available: {
        name: 'available';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'Money'; ofType: null };
        };
      };
      balance: {
        name: 'balance';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'Money'; ofType: null };
        };
      };
      held: {
        name: 'held';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'Money'; ofType: null };
        };
      };
      id: {
        name: 'id';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'ID'; ofType: null };
        };
      };
      owner: { name: 'owner'; type: { kind: 'OBJECT'; name: 'User'; ofType: null } };
      transactions: {
        name: 'transactions';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'WalletTransactionConnection'; ofType: null };
        };
      };
    };
  };
  WalletPayload: {
    kind: 'OBJECT';
    name: 'WalletPayload';
    fields: {
      transaction: {
        name: 'transaction';
        type: { kind: 'OBJECT'; name: 'WalletTransaction'; ofType: null };
      };
      userErrors: {
        name: 'userErrors';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: {
            kind: 'LIST';
            name: never;
            ofType: {
              kind: 'NON_NULL';
              name: never;
              ofType: { kind: 'OBJECT'; name: 'UserError'; ofType: null };
            };
          };
        };
      };
      wallet: { name: 'wallet'; type: { kind: 'OBJECT'; name: 'Wallet'; ofType: null } };
    };
  };
  WalletTransaction: {
    kind: 'OBJECT';
    name: 'WalletTransaction';
    fields: {
      amount: {
        name: 'amount';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'Money'; ofType: null };
        };
      };
      at: {
        name: 'at';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'DateTime'; ofType: null };
        };
      };
      balanceAfter: {
        name: 'balanceAfter';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'Money'; ofType: null };
        };
      };
      counterparty: { name: 'counterparty'; type: { kind: 'OBJECT'; name: 'User'; ofType: null } };
      description: {
        name: 'description';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'String'; ofType: null };
        };
      };
      id: {
        name: 'id';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'ID'; ofType: null };
        };
      };
      kind: {
        name: 'kind';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'ENUM'; name: 'WalletTransactionKind'; ofType: null };
        };
      };
      order: { name: 'order'; type: { kind: 'OBJECT'; name: 'Order'; ofType: null } };
    };
  };
  WalletTransactionConnection: {
    kind: 'OBJECT';
    name: 'WalletTransactionConnection';
    fields: {
      edges: {
        name: 'edges';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: {
            kind: 'LIST';
            name: never;
            ofType: {
              kind: 'NON_NULL';
              name: never;
              ofType: { kind: 'OBJECT'; name: 'WalletTransactionEdge'; ofType: null };
            };
          };
        };
      };
      nodes: {
        name: 'nodes';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: {
            kind: 'LIST';
            name: never;
            ofType: {
              kind: 'NON_NULL';
              name: never;
              ofType: { kind: 'OBJECT'; name: 'WalletTransaction'; ofType: null };
            };
          };
        };
      };
      pageInfo: {
        name: 'pageInfo';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'PageInfo'; ofType: null };
        };
      };
    };
  };
  WalletTransactionEdge: {
    kind: 'OBJECT';
    name: 'WalletTransactionEdge';
    fields: {
      cursor: {
        name: 'cursor';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'String'; ofType: null };
        };
      };
      node: {
        name: 'node';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'OBJECT'; name: 'WalletTransaction'; ofType: null };
        };
      };
    };
  };
  WalletTransactionKind: {
    name: 'WalletTransactionKind';
    enumValues: 'DEPOSIT' | 'WITHDRAWAL' | 'TRANSFER_IN' | 'TRANSFER_OUT' | 'PAYMENT' | 'REFUND';
  };
  Weekday: {
    name: 'Weekday';
    enumValues: 'MONDAY' | 'TUESDAY' | 'WEDNESDAY' | 'THURSDAY' | 'FRIDAY' | 'SATURDAY' | 'SUNDAY';
  };
  WithdrawFundsInput: {
    kind: 'INPUT_OBJECT';
    name: 'WithdrawFundsInput';
    isOneOf: false;
    inputFields: [
      {
        name: 'idempotencyKey';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'String'; ofType: null };
        };
        defaultValue: null;
      },
      {
        name: 'amount';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'INPUT_OBJECT'; name: 'MoneyInput'; ofType: null };
        };
        defaultValue: null;
      },
      {
        name: 'payoutToken';
        type: {
          kind: 'NON_NULL';
          name: never;
          ofType: { kind: 'SCALAR'; name: 'String'; ofType: null };
        };
        defaultValue: null;
      },
    ];
  };
};

/** An IntrospectionQuery representation of your schema.
 *
 * @remarks
 * This is an introspection of your schema saved as a file by GraphQLSP.
 * It will automatically be used by `gql.tada` to infer the types of your GraphQL documents.
 * If you need to reuse this data or update your `scalars`, update `tadaOutputLocation` to
 * instead save to a .ts instead of a .d.ts file.
 */
export type introspection = {
  name: never;
  query: 'Query';
  mutation: 'Mutation';
  subscription: 'Subscription';
  types: introspection_types;
};

import * as gqlTada from 'gql.tada';

declare module 'gql.tada' {
  interface setupSchema {
    introspection: introspection;
  }
}
